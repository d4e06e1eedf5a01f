import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { describe, expect, it } from 'vitest'
import { mergeHead, patchJobs } from './merge-head.ts'

const job = (id: string, status = 'queued') => ({ id, status }) as JobSummary
const page = (nextCursor: string | null, ...ids: string[]) => ({
  items: ids.map((id) => job(id)),
  nextCursor,
})
const idsOf = (pages: readonly { items: readonly JobSummary[] }[]) =>
  pages.map(({ items }) => items.map(({ id }) => id))

describe('a fresh first page', () => {
  it('replaces what it covers and leaves what is older', () => {
    const merged = mergeHead([page('c', '5', '4', '3'), page('d', '2', '1')], page('x', '6', '5', '4'))
    expect(idsOf(merged)).toEqual([['6', '5', '4'], ['3'], ['2', '1']])
    expect(merged.at(-1)?.nextCursor).toBe('d')
  })

  it('drops what is gone from the part it covers', () => {
    expect(idsOf(mergeHead([page('c', '5', '4', '3', '2')], page('x', '5', '3')))).toEqual([
      ['5', '3'],
      ['2'],
    ])
  })

  it('is alone when it is the whole list', () => {
    expect(idsOf(mergeHead([page('c', '5', '4'), page(null, '3')], page(null, '6')))).toEqual([['6']])
  })

  it('is alone when so much is new that jobs would be missing in between', () => {
    expect(mergeHead([page('c', '2', '1')], page('x', '9', '8'))).toEqual([page('x', '9', '8')])
  })
})

describe('jobs that changed', () => {
  it('are brought up to date where they are, and leave a list they no longer belong to', () => {
    const changed = new Map([
      ['2', job('2', 'running')],
      ['1', job('1', 'failed')],
    ])
    const patched = patchJobs([page(null, '2', '1')], changed, ({ status }) => status !== 'failed')
    expect(patched).toEqual([{ items: [job('2', 'running')], nextCursor: null }])
  })
})
