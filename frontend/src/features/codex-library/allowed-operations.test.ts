import { describe, expect, it } from 'vitest'
import { allowedOperations } from './allowed-operations.ts'

const offered = [
  { id: 'jobs.cancel', title: 'Cancel a job', effect: 'destructive' },
  { id: 'jobs.list', title: 'List jobs', effect: 'read' },
  { id: 'jobsOther.list', title: 'Something else', effect: 'read' },
  { id: 'toolkits.enable', title: 'Enable a toolkit', effect: 'write' },
] as const

describe('what a persona may call here', () => {
  it('is what its patterns fit, by what it concerns and with its effects', () => {
    const { groups, counts } = allowedOperations(['jobs.*', 'toolkits.enable'], offered)
    expect(groups.map(({ name, operations }) => [name, operations.map(({ id }) => id)])).toEqual([
      ['jobs', ['jobs.cancel', 'jobs.list']],
      ['toolkits', ['toolkits.enable']],
    ])
    expect(counts).toEqual({ read: 1, write: 1, destructive: 1 })
  })
  it('names what this Toolbox does not offer', () => {
    expect(allowedOperations(['approvals.*', 'jobs.list'], offered).notOffered).toEqual(['approvals.*'])
  })
})
