import { describe, expect, it } from 'vitest'
import { byGroup, fitsWords } from './task-groups.ts'

const task = (slug: string, group: 'monitoring' | 'toolkits') => ({
  slug,
  title: `The task ${slug}`,
  group,
  persona: 'sre-orchestrator',
  routes: ['/jobs/:id'],
  missingOperations: [],
  runnable: true,
  origin: null,
})

describe('the list of tasks', () => {
  it('stands by group, in the order of the groups', () => {
    const groups = byGroup([task('b', 'toolkits'), task('a', 'monitoring'), task('c', 'toolkits')])
    expect(groups.map(({ tasks }) => tasks.map(({ slug }) => slug))).toEqual([['a'], ['b', 'c']])
  })
  it('is narrowed by words in any order, whatever their case', () => {
    const inspect = task('inspect-failed-jobs', 'monitoring')
    expect(fitsWords(inspect, 'ORCHESTRATOR failed')).toBe(true)
    expect(fitsWords(inspect, '/jobs/')).toBe(true)
    expect(fitsWords(inspect, 'failed users')).toBe(false)
    expect(fitsWords(inspect, '  ')).toBe(true)
  })
})
