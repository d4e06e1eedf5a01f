import { isTerminal, jobStatuses } from '@sre-toolbox/contract/jobs'
import { describe, expect, it } from 'vitest'
import { type JobEvent, transition } from './state-machine.ts'

const events: JobEvent[] = [
  'due',
  'claimed',
  'cancel_requested',
  'handler_succeeded',
  'handler_failed',
  'process_killed',
  'interrupted',
  'handler_waits',
  'answered',
  'worker_died',
]

describe('the state machine of a job', () => {
  it.each([
    ['scheduled', 'due', 'queued'],
    ['scheduled', 'cancel_requested', 'cancelled'],
    ['waiting_approval', 'cancel_requested', 'cancelled'],
    ['running', 'handler_waits', 'waiting_approval'],
    ['waiting_approval', 'answered', 'queued'],
    ['cancelling', 'handler_waits', 'cancelled'],
    ['queued', 'claimed', 'running'],
    ['queued', 'cancel_requested', 'cancelled'],
    ['running', 'handler_succeeded', 'succeeded'],
    ['running', 'handler_failed', 'failed'],
    ['running', 'process_killed', 'failed'],
    ['running', 'cancel_requested', 'cancelling'],
    ['cancelling', 'handler_succeeded', 'cancelled'],
    ['cancelling', 'handler_failed', 'cancelled'],
    ['cancelling', 'process_killed', 'cancelled'],
  ] as const)('%s, %s → %s', (from, event, to) => {
    expect(transition(from, event, { retryable: false })).toBe(to)
    expect(transition(from, event, { retryable: true })).toBe(to)
  })

  it.each([
    ['running', 'interrupted', true, 'queued'],
    ['running', 'interrupted', false, 'failed'],
    ['running', 'worker_died', true, 'queued'],
    ['running', 'worker_died', false, 'lost'],
    ['cancelling', 'worker_died', true, 'cancelled'],
    ['cancelling', 'interrupted', true, 'cancelled'],
  ] as const)('%s, %s, retryable %s → %s', (from, event, retryable, to) => {
    expect(transition(from, event, { retryable })).toBe(to)
  })

  it('has no way out of a terminal state', () => {
    for (const status of jobStatuses.filter(isTerminal)) {
      for (const event of events) expect(transition(status, event, { retryable: true })).toBeNull()
    }
  })

  it('never lets a job that is being cancelled succeed', () => {
    for (const event of events) {
      for (const retryable of [true, false]) {
        expect([null, 'cancelled']).toContain(transition('cancelling', event, { retryable }))
      }
    }
  })
})
