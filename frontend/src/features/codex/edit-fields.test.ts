import type { TaskFields } from '@sre-toolbox/contract/codex/backlog'
import { describe, expect, it } from 'vitest'
import {
  changesOf,
  fieldsOf,
  namesOf,
  only,
  readBlockers,
  withEdit,
  withPlace,
  writeBlockers,
} from './edit-fields.ts'
import { taskFor } from './test/task-for.ts'

const tasks = [taskFor('a/1'), taskFor('a/2'), taskFor('a/3')]
const one = taskFor('a/1', { notes: 'Slow.', ownPriority: 'high', priority: 'high' })
const area = (id: string, its = tasks) => ({
  id,
  title: id,
  summary: '',
  status: null,
  priority: 'low' as const,
  blockers: [],
  line: 1,
  tasks: its,
})
const counts = { backlog: 3, in_progress: 0, blocked: 0, done: 0 }
const backlog = { version: 'v', updated: '', areas: [area('a'), area('b', [])], counts, findings: [] }

describe('an edit', () => {
  it('names only what differs, with what it was', () => {
    const set = changesOf<TaskFields>(fieldsOf(one), {
      ...fieldsOf(one),
      title: 'First',
      blockers: [],
      priority: null,
    })
    expect(set).toEqual({ title: 'First', priority: null })
    expect(only(fieldsOf(one), namesOf(set))).toEqual({ title: '1', priority: 'high' })
  })

  it('shows at once, with the priority of the area where the task has none of its own', () => {
    const after = withEdit(backlog, 'a/2', { status: 'done', priority: null, notes: null })
    expect(after.areas[0]?.tasks[1]).toMatchObject({ status: 'done', priority: 'low', ownPriority: null })
    expect(after.areas[0]?.tasks[0]).toBe(tasks[0])
  })

  it('shows a move at once, within an area or to another', () => {
    const order = (place: object) =>
      withPlace(backlog, tasks[2] ?? one, place).areas.map(({ tasks }) => tasks.map(({ task }) => task))
    expect(order({ before: '1' })).toEqual([['a/3', 'a/1', 'a/2'], []])
    expect(order({ toArea: 'b' })).toEqual([['a/1', 'a/2'], ['b/3']])
  })
})

it('keeps blockers through their typed form', () => {
  const blockers = [{ text: 'an account at the vendor' }, { task: 'jobs/engine' }]
  expect(writeBlockers(blockers)).toBe('an account at the vendor\ntask: jobs/engine')
  expect(readBlockers(`\n${writeBlockers(blockers)}\n  \n`)).toEqual(blockers)
})
