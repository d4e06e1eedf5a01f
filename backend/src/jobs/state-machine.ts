import type { JobStatus } from '@sre-toolbox/contract/jobs'

/** All that can happen to a job. */
export type JobEvent =
  | 'due'
  | 'claimed'
  | 'cancel_requested'
  | 'handler_succeeded'
  | 'handler_failed'
  | 'process_killed'
  | 'interrupted'
  | 'handler_waits'
  | 'answered'
  | 'worker_died'

/** `retryable`: the operation is idempotent and has attempts left. */
export interface JobFacts {
  readonly retryable: boolean
}

type Next = JobStatus | ((facts: JobFacts) => JobStatus)

const requeueOr =
  (otherwise: JobStatus): Next =>
  ({ retryable }) =>
    retryable ? 'queued' : otherwise

/**
 * The state machine, whole. What is not in the table can't happen: terminal states have no way out, and a job
 * whose cancellation was acknowledged ends `cancelled` however its handler ends.
 */
const transitions: Readonly<Record<JobStatus, Partial<Record<JobEvent, Next>>>> = {
  scheduled: { due: 'queued', cancel_requested: 'cancelled' },
  waiting_approval: { cancel_requested: 'cancelled', answered: 'queued' },
  queued: { claimed: 'running', cancel_requested: 'cancelled' },
  running: {
    cancel_requested: 'cancelling',
    handler_succeeded: 'succeeded',
    handler_failed: 'failed',
    handler_waits: 'waiting_approval',
    process_killed: 'failed',
    interrupted: requeueOr('failed'),
    worker_died: requeueOr('lost'),
  },
  cancelling: {
    handler_succeeded: 'cancelled',
    handler_failed: 'cancelled',
    handler_waits: 'cancelled',
    process_killed: 'cancelled',
    interrupted: 'cancelled',
    worker_died: 'cancelled',
  },
  succeeded: {},
  failed: {},
  cancelled: {},
  lost: {},
}

/** The state after an event, or null when the event can't happen in this state. */
export function transition(from: JobStatus, event: JobEvent, facts: JobFacts): JobStatus | null {
  const next = transitions[from][event]
  if (next === undefined) return null
  return typeof next === 'function' ? next(facts) : next
}
