import { setTimeout as wait } from 'node:timers/promises'
import { ToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { RunContext } from '../kernel/operation.ts'
import { type HostedRunsDeps, type NewRun, startRun } from './hosted-runs.ts'
import type { HostEnd, HostLogLine } from './ports.ts'

const graceMs = 1000
const mostLogLines = 1000

/** Runs an operation while the caller waits, and answers its output. */
export async function answerCall(
  deps: HostedRunsDeps,
  call: Pick<NewRun, 'toolkit' | 'operation' | 'input'>,
  context: RunContext,
): Promise<unknown> {
  const { toolkit, operation } = call
  const run: NewRun = {
    ...call,
    job: null,
    exclusive: !(operation.idempotent || operation.effect === 'read'),
    requester: { run: (id, input) => context.run(id, input) },
    reports: { log: logTo(deps.logger, call, context.requestId), progress: () => {} },
  }
  let attempt = await attemptOnce(deps, run, context.signal)
  // Another call may have hung or ended the process they shared: this one gets a second try, alone.
  if (attempt.end.kind === 'exited' && attempt.hadCompany && !context.signal.aborted) {
    attempt = await attemptOnce(deps, { ...run, exclusive: true }, context.signal)
  }
  const { end, timedOut } = attempt
  if (end.kind === 'succeeded') return end.output
  const id = `${toolkit.slug}.${operation.id}`
  if (timedOut) {
    throw new ToolboxError(
      'timed_out',
      `${id} took longer than the ${operation.timeoutSeconds} s it may and was stopped. Try it with less input.`,
    )
  }
  if (end.kind === 'exited') {
    throw new ToolboxError(
      'operation_failed',
      `${id} took its process down: ${end.message}. A new one starts with the next call.`,
      { toolkitCode: 'process_exited' },
    )
  }
  throw new ToolboxError('operation_failed', end.message, {
    toolkitCode: end.code,
    ...(end.errors && end.errors.length > 0 ? { errors: end.errors } : {}),
  })
}

interface Attempt {
  readonly end: HostEnd
  /** Its own time was over when it ended. */
  readonly timedOut: boolean
  /** Others were, or may have been, at work in the same process when that went away. */
  readonly hadCompany: boolean
}

async function attemptOnce(deps: HostedRunsDeps, run: NewRun, signal: AbortSignal): Promise<Attempt> {
  const started = startRun(deps, run)
  const leave = () => started.abort('The caller is gone.')
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  try {
    await started.began
    const inTime = await within(started.ended, run.operation.timeoutSeconds * 1000)
    if (inTime) return { end: inTime, timedOut: false, hadCompany: !run.exclusive }
    started.abort(`It took longer than ${run.operation.timeoutSeconds} s.`)
    const inGrace = await within(started.ended, graceMs)
    if (inGrace) return { end: inGrace, timedOut: inGrace.kind !== 'succeeded', hadCompany: !run.exclusive }
    const hadCompany = !run.exclusive && isShared(deps, run)
    await started.kill()
    return { end: await started.ended, timedOut: true, hadCompany }
  } finally {
    signal.removeEventListener('abort', leave)
  }
}

function isShared({ hosts }: HostedRunsDeps, { toolkit }: NewRun): boolean {
  return hosts.list().some(({ digest, running }) => digest === toolkit.code.digest && running > 1)
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  const timer = new AbortController()
  const late = wait(milliseconds, null, { signal: timer.signal }).catch(() => null)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}

/** What a call logs goes to the server's log, up to a limit. */
function logTo(
  logger: Logger,
  { toolkit, operation }: Pick<NewRun, 'toolkit' | 'operation'>,
  requestId: string,
) {
  const fields = { toolkit: toolkit.slug, operation: operation.id, requestId }
  let left = mostLogLines
  return async (lines: readonly HostLogLine[]) => {
    for (const { level, text } of lines.slice(0, left)) logger[level](fields, text)
    if (left > 0 && lines.length >= left) {
      logger.warn(fields, `the call logged more than ${mostLogLines} lines; the rest is left out`)
    }
    left = Math.max(0, left - lines.length)
  }
}
