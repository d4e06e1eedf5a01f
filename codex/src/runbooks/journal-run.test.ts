import { expect, test } from 'vitest'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { begin, taskOf } from '../../test/try-task.ts'
import { createSessions } from '../sessions/sessions.ts'
import { journalRun } from './journal-run.ts'

const { report } = begin(taskOf({ steps: [{ id: 'list', title: 'List', operation: 'toolkits.list' }] }), {})
const timesIn = (journal: string) => journal.split(`(run \`${report.id}\`)`).length - 1

test('a run is told in an entry of its task once, however often it is told', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const deps = testDeps(place.root)
  await Promise.all([journalRun(deps, report), journalRun(deps, report)])
  expect(timesIn(place.read('ai/state/journal.md'))).toBe(1)
  await journalRun(deps, { ...report, id: 'another' })
  expect(place.read('ai/state/journal.md')).toContain('(run `another`)')
})

test('a run is told in the entry of the session once, also when that has ended since', async () => {
  using place = scratch({ 'docs/TODO.yaml': smallBacklog })
  const deps = testDeps(place.root)
  const sessions = createSessions(deps)
  await sessions.start({ task: 'engine' })
  await journalRun(deps, report)
  await journalRun(deps, report)
  await sessions.finish('done for today')
  await journalRun(deps, report)
  const journal = place.read('ai/state/journal.md')
  expect(timesIn(journal)).toBe(1)
  expect(journal).not.toContain('## 2026-03-01 Run:')
})
