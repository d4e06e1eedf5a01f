import { describe, expect, test } from 'vitest'
import type { Claim } from '../events/claims.ts'
import { rankTasks } from './next-task.ts'
import { readBacklog } from './read-backlog.ts'

const now = new Date('2026-03-01T09:00:00Z')

async function rank(text: string, claims: ReadonlyMap<string, Claim> = new Map()) {
  const { backlog, findings } = await readBacklog(text, 'docs/TODO.yaml')
  if (!backlog) throw new Error(JSON.stringify(findings))
  const { candidates, waiting } = rankTasks(backlog, claims, now)
  return {
    order: candidates.map((each) => each.task.address),
    reasons: Object.fromEntries(candidates.map((each) => [each.task.address, each.reasons])),
    waiting: Object.fromEntries(waiting.map((each) => [each.task.address, each.reasons])),
  }
}

const area = (tasks: string, extra = '') => `areas:\n  - id: a\n${extra}    tasks:\n${tasks}`
const task = (id: string, rest = '') => `      - { id: ${id}${rest} }\n`

describe('next', () => {
  test('takes the highest priority; a task without one has its area’s, or medium', async () => {
    const tasks =
      task('l', ', priority: low') +
      task('m') +
      task('c', ', priority: critical') +
      task('h', ', priority: high')
    expect((await rank(area(tasks))).order).toEqual(['a/c', 'a/h', 'a/m', 'a/l'])
    expect((await rank(area(tasks, '    priority: critical\n'))).order).toEqual(['a/m', 'a/c', 'a/h', 'a/l'])
  })

  test('among equals takes what unblocks most, counted through others', async () => {
    const tasks =
      task('x') + task('y') + task('z', ', dependsOn: [y]') + task('q', ', blockers: [{ task: a/z }]')
    const { order, reasons, waiting } = await rank(area(tasks))
    expect(order).toEqual(['a/y', 'a/x'])
    expect(reasons['a/y']).toEqual(['priority medium', 'unblocks 2 tasks'])
    expect(waiting).toEqual({ 'a/z': ['waits for a/y (backlog)'], 'a/q': ['waits for a/z (backlog)'] })
  })

  test('then what was begun, then the oldest, then the order of the file', async () => {
    const tasks =
      task('new', ', added: 2026-02-27') +
      task('old', ', added: 2026-01-30') +
      task('undated') +
      task('begun', ', status: in_progress')
    const { order, reasons } = await rank(area(tasks))
    expect(order).toEqual(['a/begun', 'a/old', 'a/new', 'a/undated'])
    expect(reasons['a/begun']).toContain('begun, and nobody holds it')
    expect(reasons['a/old']).toContain('waiting for 30 days')
  })

  test('says why every other task waits', async () => {
    const tasks =
      task('said', ', blockers: [the budget]') +
      task('mute', ', status: blocked') +
      task('lost', ', dependsOn: [nothing]') +
      task('done', ', status: done') +
      task('free', ', dependsOn: [done]')
    const { order, waiting } = await rank(area(tasks))
    expect(order).toEqual(['a/free'])
    expect(waiting).toEqual({
      'a/said': ['blocked: the budget'],
      'a/mute': ['its status is blocked, and it does not say by what'],
      'a/lost': ['waits for `nothing`, which is no task'],
    })
  })

  test('leaves what a live claim holds, and offers it again when the lease has ended', async () => {
    const session = {
      id: 's',
      actor: 'bob',
      task: 'a/x',
      title: 'X',
      why: '',
      fence: 1,
      state: 'active' as const,
      openedAt: '',
      updatedAt: '',
      until: '2026-03-01T08:00:00.000Z',
      summary: '',
    }
    const text = area(task('x'))
    const held = await rank(text, new Map([['a/x', { session, live: true }]]))
    expect(held.waiting['a/x']).toEqual(['claimed by bob until 2026-03-01T08:00:00.000Z'])
    const free = await rank(text, new Map([['a/x', { session, live: false }]]))
    expect(free.reasons['a/x']?.[1]).toMatch(/lease of bob ended .* can be taken over/)
  })

  test('says how to free a task whose blocker is done, and whose status still says blocked', async () => {
    const { waiting } = await rank(
      area(task('x', ', status: done') + task('y', ', status: blocked, blockers: [{ task: x }]')),
    )
    expect(waiting['a/y']).toEqual([expect.stringContaining('done: `toolbox codex unblock a/y` frees it')])
  })

  test('a blocked area holds all its tasks up', async () => {
    const { waiting } = await rank(area(task('x'), '    status: blocked\n    blockers: [a contract]\n'))
    expect(waiting['a/x']).toEqual(['area a: blocked: a contract', 'area a is blocked'])
  })

  test('ids that repeat in two areas are two tasks; a bare id means the own area’s', async () => {
    const text = `${area(task('setup', ', status: done') + task('run', ', dependsOn: [setup]'))}  - id: b\n    tasks:\n${task('setup')}${task('run', ', dependsOn: [setup]')}`
    const { order, waiting } = await rank(text)
    expect(order).toEqual(['b/setup', 'a/run'])
    expect(waiting).toEqual({ 'b/run': ['waits for b/setup (backlog)'] })
  })

  test('tasks that wait for each other wait, and the rest goes on', async () => {
    const { order, waiting } = await rank(
      area(task('x', ', dependsOn: [y]') + task('y', ', dependsOn: [x]') + task('z')),
    )
    expect([order, Object.keys(waiting)]).toEqual([['a/z'], ['a/x', 'a/y']])
  })
})
