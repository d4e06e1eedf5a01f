import type { JobProgress } from '@sre-toolbox/contract/jobs'
import { expect, it } from 'vitest'
import { progressBar, progressText } from './progress.ts'

const unknown: JobProgress = {
  percent: null,
  message: null,
  steps: [],
  done: null,
  total: null,
  unit: null,
  throughput: null,
  remainingSeconds: null,
}

it('says what is known and nothing else', () => {
  expect(progressText(unknown)).toBe('')
  expect(progressText({ ...unknown, percent: 42.9 })).toBe('42 %')
  expect(progressText({ ...unknown, message: 'reading\nhosts' })).toBe('reading hosts')
})

it('says how much is done, how fast, and how long it will take', () => {
  const progress = { ...unknown, percent: 40, done: 120, total: 300, unit: 'hosts', throughput: 12.34 }
  expect(progressText({ ...progress, remainingSeconds: 14.6 })).toBe('40 %  120/300 hosts  12/s  15 s left')
  expect(progressText({ ...progress, remainingSeconds: 125 })).toContain('2 min 5 s left')
  expect(progressText({ ...progress, remainingSeconds: 0 })).not.toContain('left')
})

it('names the step it is at', () => {
  const steps: JobProgress['steps'] = [
    { id: 'a', title: 'Read', status: 'succeeded' },
    { id: 'b', title: 'Write', status: 'running' },
    { id: 'c', title: 'Check', status: 'pending' },
  ]
  expect(progressText({ ...unknown, steps })).toBe('step 2/3 Write')
})

it.for<[number | null, string]>([
  [null, ''],
  [0, '[░░░░░░░░░░]'],
  [42, '[████░░░░░░]'],
  [100, '[██████████]'],
  [250, '[██████████]'],
])('draws %s per cent as %s', ([percent, bar]) => {
  expect(progressBar(percent, 10)).toBe(bar)
})
