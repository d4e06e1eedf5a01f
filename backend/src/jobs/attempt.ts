import type { JobProgress, logLevels } from '@sre-toolbox/contract/jobs'
import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Logger } from '../kernel/logger.ts'
import { createAttemptLog } from './attempt-log.ts'
import { type CancelStage, type ClaimedJob, maxAttempts } from './job.ts'
import type { Ended, Execution, Executor, Finish, JobStore, ProgressUpdate, WorkEnd } from './ports.ts'
import { advance, noProgress } from './progress.ts'
import { transition } from './state-machine.ts'

export interface AttemptDeps {
  readonly store: JobStore
  readonly executor: Executor
  readonly events: EventBus
  readonly clock: Clock
  readonly logger: Logger
  /** Between the handler's signal and the kill. */
  readonly graceMs: number
}

export interface Attempt {
  readonly job: ClaimedJob
  /** The job's row after the attempt; null when another holder had taken it over. */
  readonly ended: Promise<Ended | null>
  /** Somebody asked to cancel: signal, grace, kill. `force` leaves the grace out. */
  cancel(request: { by: string; reason: string | null; force: boolean }): void
  /** The server stops: the handler is told, and the job is tried again elsewhere where that is safe. */
  interrupt(reason: string): void
  /** The lease is gone: nothing may be written any more. */
  abandon(): void
}

const progressEveryMs = 500
const storeRetryMs = 1000

/** Runs one attempt of a claimed job from its start to its row's end. */
export function startAttempt(deps: AttemptDeps, job: ClaimedJob, input: unknown): Attempt {
  const { store, clock, events, logger } = deps
  const startedAt = job.attemptStartedAt ?? clock.now()
  const log = createAttemptLog(store, { ...job, jobId: job.id })
  let progress: JobProgress = job.progress ?? noProgress
  let unsaved = false
  let progressTimer: NodeJS.Timeout | null = null
  let killTimer: NodeJS.Timeout | null = null
  let killAt = 0
  let deadline: NodeJS.Timeout | null = null
  let begun = false
  let stopping: 'cancel' | 'deadline' | 'interrupt' | null = null
  let killed = false
  let abandoned = false

  async function append(
    lines: { at: number; level: (typeof logLevels)[number]; text: string }[],
  ): Promise<void> {
    if (abandoned) return
    const held = await log.append(lines)
    if (held) events.publish('log', { jobId: job.id, seq: log.lastSeq() })
    else abandon()
  }

  function say(level: 'info' | 'warn', text: string): void {
    append([{ at: clock.now(), level, text }]).catch((error) => {
      logger.warn({ error, jobId: job.id }, 'a note to the job log could not be stored')
    })
  }

  function report(update: ProgressUpdate): void {
    if (abandoned) return
    progress = advance(progress, update, clock.now() - startedAt)
    unsaved = true
    events.publish('progress', { jobId: job.id, progress })
    progressTimer ??= setTimeout(saveProgress, progressEveryMs)
  }

  function saveProgress(): void {
    progressTimer = null
    if (!unsaved || abandoned) return
    unsaved = false
    store
      .saveProgress({ jobId: job.id, fence: job.fence, progress, logLines: log.lastSeq() })
      .catch((error) => {
        logger.warn({ error, jobId: job.id }, 'progress could not be stored; the next report follows')
      })
  }

  if (job.attempt > 1)
    say('warn', `Attempt ${job.attempt}: the one before was interrupted, or waited for a person.`)
  const execution: Execution = deps.executor.start(
    {
      jobId: job.id,
      attempt: job.attempt,
      toolkit: job.toolkit,
      toolkitVersion: job.toolkitVersion,
      operation: job.operation,
      input,
      idempotent: job.idempotent,
      requestedBy: job.requestedBy,
    },
    { log: (lines) => append([...lines]), progress: report },
  )
  // A job that waits for a free process is not late.
  void execution.began.then((now) => {
    begun = now
    if (begun) deadline = setTimeout(stopLate, Math.min(job.timeoutMs, 2 ** 31 - 1))
  })

  function stopLate(): void {
    stop('deadline', `The deadline of ${job.timeoutMs / 1000} s has passed.`, deps.graceMs)
  }

  function stop(why: 'cancel' | 'deadline' | 'interrupt', message: string, graceMs: number): void {
    if (stopping === null || (why === 'cancel' && stopping !== 'cancel')) {
      stopping = why
      say('warn', message)
      execution.abort(message)
    }
    killWithin(graceMs)
  }

  /** A stop that is asked for again may hasten the kill, and never puts it off. */
  function killWithin(graceMs: number): void {
    const at = clock.now() + graceMs
    if (killTimer && at >= killAt) return
    if (killTimer) clearTimeout(killTimer)
    killAt = at
    killTimer = setTimeout(() => {
      killed = true
      execution
        .kill()
        .catch((error) => logger.error({ error, jobId: job.id }, 'a process could not be killed'))
    }, graceMs)
  }

  function abandon(): void {
    if (abandoned) return
    abandoned = true
    logger.warn(
      { jobId: job.id, fence: job.fence },
      'the job is held by another attempt; this one is stopped',
    )
    execution.abort('the lease was lost')
    execution.kill().catch((error) => logger.error({ error, jobId: job.id }, 'a process could not be killed'))
  }

  async function finish(end: WorkEnd): Promise<Ended | null> {
    if (deadline) clearTimeout(deadline)
    if (killTimer) clearTimeout(killTimer)
    if (progressTimer) clearTimeout(progressTimer)
    await log.settled()
    if (abandoned) return null
    const verdict = judge(end, { ...job, repeatable: job.idempotent || !begun }, stopping)
    const stage: CancelStage = killed ? 'killed' : begun ? 'handler' : 'before_start'
    const entry: Finish = {
      ...verdict,
      jobId: job.id,
      fence: job.fence,
      at: clock.now(),
      stage,
      progress: unsaved || verdict.status === 'succeeded' ? settle(progress, verdict.status) : null,
      logLines: log.lastSeq(),
    }
    return persist(entry)
  }

  /** What a handler has done must not be forgotten because the database is away for a while. */
  async function persist(entry: Finish): Promise<Ended | null> {
    for (;;) {
      try {
        return await store.finish(entry)
      } catch (error) {
        if (abandoned) return null
        logger.error({ error, jobId: job.id }, 'the end of a job could not be stored; it is tried again')
        await new Promise((resolve) => setTimeout(resolve, storeRetryMs))
      }
    }
  }

  return {
    job,
    ended: execution.ended.then(finish),
    cancel({ by, reason, force }) {
      const because = reason ? `: ${reason}` : '.'
      stop('cancel', `Cancelled by ${by}${because}`, force ? 0 : deps.graceMs)
    },
    interrupt: (reason) => stop('interrupt', reason, deps.graceMs),
    abandon,
  }
}

type Verdict = Pick<Finish, 'status' | 'outcome' | 'output' | 'error'>

/** What an ended attempt means for its job. The store turns any end into `cancelled` when a cancellation was asked for. */
function judge(
  end: WorkEnd,
  job: ClaimedJob & { repeatable: boolean },
  stopping: 'cancel' | 'deadline' | 'interrupt' | null,
): Verdict {
  if (stopping === 'deadline') {
    const message = `It did not end within its deadline of ${job.timeoutMs / 1000} s.`
    return failed('deadline_exceeded', message)
  }
  if (end.kind === 'succeeded')
    return { status: 'succeeded', outcome: 'succeeded', output: end.output, error: null }
  if (end.kind === 'waiting')
    return { status: 'waiting_approval', outcome: 'waiting', output: null, error: null }
  if (stopping === 'interrupt' || end.kind === 'exited') {
    const error = {
      code: stopping === 'interrupt' ? 'server_stopped' : 'host_exited',
      message: end.message,
    }
    const retryable = job.repeatable && (job.attempt < maxAttempts || stopping === 'interrupt')
    const next = transition('running', 'interrupted', { retryable })
    return next === 'queued'
      ? { status: 'queued', outcome: 'interrupted', output: null, error }
      : failed(
          error.code,
          `${error.message} It is not safe to repeat by itself: check its effects, then retry.`,
        )
  }
  return failed(end.code, end.message)
}

function failed(code: string, message: string): Verdict {
  return { status: 'failed', outcome: 'failed', output: null, error: { code, message } }
}

function settle(progress: JobProgress, status: Finish['status']): JobProgress | null {
  if (progress === noProgress) return null
  return status === 'succeeded' ? { ...progress, percent: 100, remainingSeconds: 0 } : progress
}
