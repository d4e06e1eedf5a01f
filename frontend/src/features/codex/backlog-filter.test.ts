import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { describe, expect, it } from 'vitest'
import { type BacklogFilter, fits, isNarrowed, readFilter, writeFilter } from './backlog-filter.ts'
import { taskFor } from './test/task-for.ts'

const read = (query: string) => readFilter(new URLSearchParams(query))
const fitting = (query: string, task: BacklogTask, waits = false) =>
  fits(task, read(query) as BacklogFilter, { waits, username: 'ada' })

describe('filters of the backlog', () => {
  it('are read from the address, and what is no filter is left out', () => {
    expect(read('area=jobs&status=done,nonsense,blocked&priority=high&held=perhaps&mine=yes')).toEqual({
      area: 'jobs',
      status: ['blocked', 'done'],
      priority: ['high'],
      q: '',
      held: '',
      mine: true,
    })
    expect(isNarrowed(read(''))).toBe(false)
    expect(isNarrowed(read('held=no'))).toBe(true)
  })

  it('are written beside what else the address says', () => {
    const search = new URLSearchParams('view=table&q=old&mine=yes')
    const next = writeFilter({ ...read(''), status: ['done', 'blocked'] }, search)
    expect(next.toString()).toBe('view=table&status=done%2Cblocked')
  })

  it('narrow by every word in address, title and notes, in any case', () => {
    const task = taskFor('jobs/cancel', { title: 'Cancel honestly', notes: 'Keeps J4' })
    expect(fitting('q=j4+CANCEL', task)).toBe(true)
    expect(fitting('q=j4+retry', task)).toBe(false)
  })

  it('tell what is held up from what is not, and mine from what others hold', () => {
    const claim = { session: 's', actor: 'ada', until: '2026-05-01T12:00:00.000Z', live: true }
    expect(fitting('held=yes', taskFor('a/b'), true)).toBe(true)
    expect(fitting('held=no', taskFor('a/b'), true)).toBe(false)
    expect(fitting('mine=yes', taskFor('a/b', { claim }))).toBe(true)
    expect(fitting('mine=yes', taskFor('a/b', { claim: { ...claim, actor: 'grace' } }))).toBe(false)
  })
})
