import { expect, it } from 'vitest'
import { entryBody, entryId, subjectOf, wantedEntry } from './journal-entry.ts'

it('names an entry by its day and its task, or its title where it has none', () => {
  expect(entryId({ date: '2026-05-01', title: 'Engine', task: 'jobs/engine' })).toBe('2026-05-01-jobs-engine')
  expect(entryId({ date: '2026-05-01', title: 'Über alles, kurz!', task: null })).toBe(
    '2026-05-01-über-alles-kurz',
  )
})

it('leaves out what is shown above the entry', () => {
  const text = '## 2026-05-01 Engine\n\n- Task: `jobs/engine`\n- It drains.\n- Task: `other`\n'
  expect(entryBody({ text })).toBe('- It drains.\n- Task: `other`')
  expect(entryBody({ text: '## 2026-05-01 Words' })).toBe('')
})

it('leads to what an entry is about, by its heading where that names no task of the backlog', () => {
  const of = (title: string, task: string | null) => subjectOf({ title, task }, '/here')
  expect(of('Engine', 'jobs/engine')).toBe('/here?task=jobs%2Fengine')
  expect(of('Run: Audit toolkits', 'tasks/audit-toolkits')).toBe('/codex/tasks/audit-toolkits?workspace=here')
  expect(of('Area: Web', 'areas/web')).toBe('/here?area=web')
  expect(of('Tidy up', 'tasks/tidy')).toBe('/here?task=tasks%2Ftidy')
  expect(of('Words', null)).toBeNull()
})

it('reads the name of an entry from any address', () => {
  expect(wantedEntry('#2026-05-01-%C3%BCber-alles')).toBe('2026-05-01-über-alles')
  expect(wantedEntry('#%')).toBe('%')
  expect(wantedEntry('')).toBe('')
})
