import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Edit } from './edit.ts'
import { editBacklog } from './edit-backlog.ts'

const source = `# The roadmap
version: 1
updated: '2025-01-02'   # by hand
owners: [ ops ,  platform ]
x-colour: "blue"
areas:
  # engine room
  - id: jobs
    title: Jobs
    tasks:
      # the first
      - id: engine
        title: Build the engine   # keep me
        status: backlog
        priority: 'high'
        notes: >-
          Folded
          text
        effort: 3
      - id: logs
        title: "Tail the logs"
        status: in_progress # now
        blockers: [one, two]
        dependsOn:
          - engine   # first
      - {id: flow, title: Flow style, status: backlog}
  - id: toolkits
    title: Toolkits
    tasks: []  # none yet
`

const edit = (...edits: Edit[]) => editBacklog(source, edits, 'docs/TODO.yaml')

/** The lines that changed, as a diff prints them. */
function changedLines(before: string, after: string): string[] {
  const old = before.split('\n')
  const fresh = after.split('\n')
  let head = 0
  while (head < old.length && old[head] === fresh[head]) head += 1
  let tail = 0
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail))
    tail += 1
  return [
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...fresh.slice(head, fresh.length - tail).map((line) => `+${line}`),
  ]
}

describe('an edit changes its own line and nothing else', () => {
  const cases: [string, Edit, string[]][] = [
    [
      'a plain word',
      { kind: 'setTask', task: 'jobs/engine', set: { status: 'done' } },
      ['-        status: backlog', '+        status: done'],
    ],
    [
      'a word with a comment behind it',
      { kind: 'setTask', task: 'logs', set: { status: 'blocked' } },
      ['-        status: in_progress # now', '+        status: blocked # now'],
    ],
    [
      'a single-quoted word',
      { kind: 'setTask', task: 'engine', set: { priority: 'low' } },
      ["-        priority: 'high'", "+        priority: 'low'"],
    ],
    [
      'a double-quoted title, with characters to escape',
      { kind: 'setTask', task: 'logs', set: { title: 'Say "hi": now' } },
      ['-        title: "Tail the logs"', '+        title: "Say \\"hi\\": now"'],
    ],
    [
      'a plain title that now needs quotes',
      { kind: 'setTask', task: 'engine', set: { title: 'a: b # c' } },
      ['-        title: Build the engine   # keep me', '+        title: "a: b # c"   # keep me'],
    ],
    [
      'folded notes',
      { kind: 'setTask', task: 'engine', set: { notes: 'Two\nlines' } },
      [
        '-        notes: >-',
        '-          Folded',
        '-          text',
        '+        notes: |-',
        '+          Two',
        '+          lines',
      ],
    ],
    [
      'a new key',
      { kind: 'setTask', task: 'engine', set: { added: '2025-02-01' } },
      ['+        added: 2025-02-01'],
    ],
    [
      'a key of a one-line task',
      { kind: 'setTask', task: 'flow', set: { status: 'done' } },
      [
        '-      - {id: flow, title: Flow style, status: backlog}',
        '+      - {id: flow, title: Flow style, status: done}',
      ],
    ],
    [
      'a new key of a one-line task',
      { kind: 'setTask', task: 'flow', set: { blockers: ['x, y'] } },
      [
        '-      - {id: flow, title: Flow style, status: backlog}',
        '+      - {id: flow, title: Flow style, status: backlog, blockers: ["x, y"]}',
      ],
    ],
    [
      'a key removed',
      { kind: 'setTask', task: 'engine', set: { effort: undefined } },
      ['-        effort: 3'],
    ],
    [
      'a blocker more, between brackets',
      { kind: 'setTask', task: 'logs', set: { blockers: ['one', 'two', 'three'] } },
      ['-        blockers: [one, two]', '+        blockers: [one, two, three]'],
    ],
    [
      'a blocker less, between brackets',
      { kind: 'setTask', task: 'logs', set: { blockers: ['two'] } },
      ['-        blockers: [one, two]', '+        blockers: [two]'],
    ],
    [
      'one item of a list, its comment kept',
      { kind: 'setTask', task: 'logs', set: { dependsOn: ['flow'] } },
      ['-          - engine   # first', '+          - flow   # first'],
    ],
    [
      'one item of a one-line list',
      { kind: 'setTask', task: 'logs', set: { blockers: ['one', 'a, b'] } },
      ['-        blockers: [one, two]', '+        blockers: [one, "a, b"]'],
    ],
    [
      'a dependency more, in lines',
      { kind: 'setTask', task: 'logs', set: { dependsOn: ['engine', 'flow'] } },
      ['+          - flow'],
    ],
    [
      'a first blocker',
      { kind: 'setTask', task: 'engine', set: { blockers: [{ task: 'jobs/flow' }] } },
      ['+        blockers:', '+          - { task: jobs/flow }'],
    ],
    [
      'an area title',
      { kind: 'setArea', area: 'toolkits', set: { title: 'All toolkits' } },
      ['-    title: Toolkits', '+    title: All toolkits'],
    ],
    [
      'a new task',
      {
        kind: 'addTask',
        area: 'jobs',
        task: { id: 'cron', title: 'Cron', status: 'backlog', dependsOn: ['engine'] },
      },
      [
        '+      - id: cron',
        '+        title: Cron',
        '+        status: backlog',
        '+        dependsOn:',
        '+          - engine',
      ],
    ],
    [
      'a first task',
      { kind: 'addTask', area: 'toolkits', task: { id: 'regex', title: 'Regex' } },
      [
        '-    tasks: []  # none yet',
        '+    tasks:  # none yet',
        '+      - id: regex',
        '+        title: Regex',
      ],
    ],
    [
      'a new area',
      { kind: 'addArea', area: { id: 'codex', title: 'Codex', tasks: [] } },
      ['+  - id: codex', '+    title: Codex', '+    tasks: []'],
    ],
    [
      'a task removed',
      { kind: 'removeTask', task: 'flow' },
      ['-      - {id: flow, title: Flow style, status: backlog}'],
    ],
  ]

  test.each(cases)('%s', async (_what, change, lines) => {
    expect(changedLines(source, await edit(change))).toEqual(lines)
  })

  test('the same with carriage returns and a byte-order mark', async () => {
    const windows = `\ufeff${source.replaceAll('\n', '\r\n')}`
    const after = await editBacklog(
      windows,
      [{ kind: 'setTask', task: 'engine', set: { added: 'x', status: 'done' } }],
      'f',
    )
    expect(changedLines(windows, after).filter((line) => line.startsWith('+'))).toEqual(
      expect.arrayContaining(['+        status: done\r', '+        added: x\r']),
    )
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('a task moved takes the comment above it along', async () => {
    const after = await edit({ kind: 'moveTask', task: 'engine', before: 'flow' })
    expect(parse(after).areas[0].tasks.map((task: { id: string }) => task.id)).toEqual([
      'logs',
      'engine',
      'flow',
    ])
    expect(after).toContain('# first\n      # the first\n      - id: engine\n')
    const back = await editBacklog(after, [{ kind: 'moveTask', task: 'engine', before: 'logs' }], 'f')
    expect(back).toBe(source)
  })

  test('the last task of an area removed leaves an empty list', async () => {
    const one = await edit({ kind: 'addTask', area: 'toolkits', task: { id: 'regex' } })
    const none = await editBacklog(one, [{ kind: 'removeTask', task: 'regex' }], 'f')
    expect(none).toBe(source.replace('tasks: []  # none', 'tasks: []  # none'))
  })
})

describe('an edit is refused, and says why', () => {
  test.each([
    ['a task that is not there', { kind: 'setTask', task: 'nope', set: { status: 'done' } }, 'not_found'],
    ['an area that is not there', { kind: 'addTask', area: 'nope', task: { id: 'a' } }, 'not_found'],
    ['an id that is taken', { kind: 'addTask', area: 'jobs', task: { id: 'logs' } }, 'duplicate_id'],
    ['an area id that is taken', { kind: 'addArea', area: { id: 'jobs' } }, 'duplicate_id'],
    [
      'a status that is not known',
      { kind: 'setTask', task: 'logs', set: { status: 'wip' } },
      'edit_adds_fault',
    ],
    ['a circle', { kind: 'setTask', task: 'engine', set: { dependsOn: ['logs'] } }, 'edit_adds_fault'],
    [
      'a reference to nothing',
      { kind: 'setTask', task: 'engine', set: { dependsOn: ['x'] } },
      'edit_adds_fault',
    ],
    [
      'a rewrite over a comment',
      { kind: 'setTask', task: 'logs', set: { dependsOn: [] } },
      'comment_in_the_way',
    ],
    ['the removal of an id', { kind: 'setTask', task: 'logs', set: { id: undefined } }, 'cannot_remove'],
  ] satisfies [string, Edit, string][])('%s', async (_what, change, code) => {
    await expect(edit(change)).rejects.toMatchObject({ code, fate: 'user' })
  })

  test('a bare id that stands in two areas', async () => {
    const twice = await edit({ kind: 'addTask', area: 'toolkits', task: { id: 'logs' } })
    const attempt = editBacklog(twice, [{ kind: 'setTask', task: 'logs', set: { status: 'done' } }], 'f')
    await expect(attempt).rejects.toThrow(/jobs\/logs, toolkits\/logs/)
  })
})

test('any text can be a title or a note and is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('title', 'notes', 'fresh'),
      async (value, key) => {
        fc.pre(value.isWellFormed())
        for (const task of ['engine', 'logs', 'flow']) {
          const after = await edit({ kind: 'setTask', task, set: { [key]: value } })
          const tasks: { id: string; [key: string]: unknown }[] = parse(after).areas[0].tasks
          expect(tasks.find((each) => each.id === task)?.[key]).toBe(value)
        }
      },
    ),
    { numRuns: 150, seed: 4 },
  )
})
