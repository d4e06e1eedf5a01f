import type { TaskPriority } from '@sre-toolbox/contract/codex/common'
import { describe, expect, it } from 'vitest'
import { planDrop, stepTo } from './plan-drop.ts'
import { taskFor } from './test/task-for.ts'

const task = (address: string, priority: TaskPriority) => taskFor(address, { priority })
const a1 = task('a/1', 'high')
const a2 = task('a/2', 'high')
const a3 = task('a/3', 'high')
const b1 = task('b/1', 'high')
const low = task('a/low', 'low')
const column = [a1, a2, a3, b1, low]
const area = [a1, a2, low, a3]

describe('a card that is dropped', () => {
  it('keeps its priority and moves in the file among its equals', () => {
    expect(planDrop(column, a3, 'a/1', area)).toEqual({ priority: null, before: { id: '1' } })
    expect(planDrop(column, a1, 'a/3', area)).toEqual({ priority: null, before: { id: '3' } })
  })

  it('goes to the end of its area when nothing of it follows', () => {
    expect(planDrop(column, a1, 'b/1', area)).toEqual({ priority: null, before: 'end' })
  })

  it('takes the priority of where it is put', () => {
    expect(planDrop(column, low, 'a/2', area)).toEqual({ priority: 'high', before: { id: '2' } })
    expect(planDrop(column, b1, null, [b1])).toEqual({ priority: 'low', before: null })
  })

  it('stands between the cards of another column, and below all of them keeps what it had', () => {
    const other = task('a/0', 'medium')
    expect(planDrop(column, other, 'a/2', [other, ...area])).toEqual({
      priority: 'high',
      before: { id: '2' },
    })
    expect(planDrop(column, other, null, [other, ...area])).toEqual({ priority: null, before: null })
  })

  it('changes nothing where it already is, or among others only', () => {
    expect(planDrop(column, a1, 'a/2', area)).toEqual({ priority: null, before: null })
    expect(planDrop(column, b1, 'a/1', [b1])).toEqual({ priority: null, before: null })
    expect(planDrop([], a1, null, area)).toEqual({ priority: null, before: null })
  })
})

describe('a step', () => {
  it('goes past the next card of the same area and priority', () => {
    expect(stepTo(column, a2, 'up')).toBe('a/1')
    expect(stepTo(column, a1, 'down')).toBe('a/3')
    expect(stepTo(column, a2, 'down')).toBe('b/1')
  })

  it('ends where there is none', () => {
    expect(stepTo(column, a1, 'up')).toBeUndefined()
    expect(stepTo(column, a3, 'down')).toBeUndefined()
    expect(stepTo([a1, a2], a1, 'down')).toBeNull()
  })
})
