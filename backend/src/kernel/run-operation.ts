import type { AuditOutcome, AuditTrail } from './audit-trail.ts'
import { authorise, requireSignIn } from './authorise.ts'
import type { Caller } from './caller.ts'
import { ToolboxError, toToolboxError } from './errors.ts'
import type { Operation, RunContext, SessionSink, Submission } from './operation.ts'
import type { Registry } from './registry.ts'

export interface Request {
  readonly caller: Caller
  readonly requestId: string
  readonly signal: AbortSignal
  readonly session?: SessionSink | null
}

export interface RunResult {
  readonly output: unknown
  /** Set when the work goes on as a job. */
  readonly jobId: string | null
}

export interface Runner {
  /** Runs one operation for a caller: validate → authorise → run (or enqueue) → audit. */
  run(operationId: string, input: unknown, request: Request, submission?: Submission): Promise<RunResult>
}

/** Told of every operation that ran, for metrics: `code` is `ok` or the error's code. */
export type Observe = (run: { operation: string; code: string; milliseconds: number }) => void

/** The only way to run anything: every transport, and every operation that passes another on, comes through here. */
export function createRunner(deps: { registry: Registry; audit: AuditTrail; observe?: Observe }): Runner {
  const { registry, audit, observe } = deps

  async function run(
    operationId: string,
    rawInput: unknown,
    request: Request,
    submission: Submission = {},
  ): Promise<RunResult> {
    const operation = registry.find(operationId)
    if (!operation) throw unknownOperation(operationId)

    let actor = request.caller
    const trail = createEntryTrail(audit, operation, request, () => actor)
    let input: unknown
    try {
      requireSignIn(operation, request.caller)
      input = operation.parse(rawInput)
      authorise(operation, request.caller)
    } catch (thrown) {
      const error = toToolboxError(thrown)
      if (error.code !== 'validation_failed' && worthAnEntry(error, operation)) {
        await trail.record('refused', error.code, rawInput)
      }
      throw error
    }

    // If the trail can't be written, nothing destructive runs.
    if (operation.effect === 'destructive') {
      await trail.record('started', null, input, null, submission.reason ?? null)
    }

    const state: { jobId: string | null; note: string | null; recorded: boolean } = {
      jobId: null,
      note: submission.reason ?? null,
      recorded: operation.delegates || operation.effect === 'read',
    }
    const context: RunContext = {
      caller: request.caller,
      requestId: request.requestId,
      signal: request.signal,
      session: request.session ?? null,
      submission,
      async run(id, innerInput, innerSubmission) {
        const wanted = registry.find(id)
        if (operation.delegates && !wanted?.toolkit && !wanted?.makesJobs) throw unknownToolkitOperation(id)
        const inner = await run(id, innerInput, request, innerSubmission)
        state.jobId ??= inner.jobId
        return inner.output
      },
      async accepted(jobId) {
        state.jobId = jobId
        state.recorded = true
        await trail.record('accepted', null, input, jobId, state.note)
      },
      note(detail) {
        state.note = detail
      },
      identified({ id, username }) {
        actor = { ...actor, kind: 'user', userId: id, name: username }
      },
    }
    try {
      const output = await operation.run(input, context)
      if (!state.recorded) {
        await trail.record('succeeded', null, input, state.jobId, state.note)
      }
      return { output, jobId: state.jobId }
    } catch (thrown) {
      const error = toToolboxError(thrown)
      if (!operation.delegates && operation.effect !== 'read') {
        await trail.record(
          'failed',
          error.code,
          input,
          state.jobId,
          [state.note, error.message].filter(Boolean).join(': '),
        )
      }
      throw error
    }
  }

  return {
    async run(operationId, input, request, submission) {
      if (!observe) return run(operationId, input, request, submission)
      const startedAt = performance.now()
      let code = 'ok'
      try {
        return await run(operationId, input, request, submission)
      } catch (error) {
        code = toToolboxError(error).code
        throw error
      } finally {
        const known = registry.find(operationId) ? operationId : 'unknown'
        observe({ operation: known, code, milliseconds: performance.now() - startedAt })
      }
    },
  }
}

/** A crawler without credentials that asks to read is turned away without growing the trail. */
function worthAnEntry(error: ToolboxError, operation: Operation): boolean {
  return !(error.code === 'not_signed_in' && operation.effect === 'read')
}

function createEntryTrail(audit: AuditTrail, operation: Operation, request: Request, actor: () => Caller) {
  return {
    record: (
      outcome: AuditOutcome,
      code: string | null,
      input: unknown,
      jobId: string | null = null,
      detail: string | null = null,
    ) =>
      audit.record({
        caller: actor(),
        operation: operation.id,
        effect: operation.effect,
        outcome,
        code,
        input: operation.redact(input),
        detail,
        jobId,
        requestId: request.requestId,
      }),
  }
}

function unknownToolkitOperation(id: string): ToolboxError {
  return new ToolboxError(
    'not_found',
    `No toolkit offers ${id}. \`toolbox toolkits list\` shows the toolkits, \`toolbox toolkits show\` what one offers.`,
  )
}

function unknownOperation(id: string): ToolboxError {
  return new ToolboxError(
    'not_found',
    `No operation is called ${id}. \`toolbox call --list\` shows all there are.`,
  )
}
