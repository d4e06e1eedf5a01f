import { expect, test } from 'vitest'
import { tasksOf } from './backlog.ts'
import { readBacklog } from './read-backlog.ts'

test('what is missing has its default, and whatever else stands there is no fault', async () => {
  const text = `owners: nobody
theme: dark
areas:
  - id: 7
    colour: red
    tasks:
      - id: a
        effort: { days: 3 }
        notes: [one, two]
      - id: 2025-01-01
        title: 42
        priority:
        blockers:
  - id: empty
  - id: null-tasks
    tasks:
`
  const { backlog, findings } = await readBacklog(text, 'docs/TODO.yaml')
  expect(findings).toEqual([])
  expect(backlog?.areas.map((area) => [area.id, area.title, area.tasks.length])).toEqual([
    ['7', '7', 2],
    ['empty', 'empty', 0],
    ['null-tasks', 'null-tasks', 0],
  ])
  expect(backlog && tasksOf(backlog)).toMatchObject([
    {
      address: '7/a',
      title: 'a',
      status: 'backlog',
      priority: 'medium',
      notes: 'one\ntwo',
      blockers: [],
      dependsOn: [],
    },
    { address: '7/2025-01-01', title: '42', priority: 'medium', blockers: [] },
  ])
})

test('a backlog without areas is an empty one', async () => {
  expect((await readBacklog('version: 1\n', 'docs/TODO.yaml')).backlog?.areas).toEqual([])
})
