import type { Access, Effect, InputOf, OperationDeclaration, OutputOf } from '@sre-toolbox/contract'
import { checkInput } from '@sre-toolbox/contract/input-faults'
import type { z } from 'zod'
import type { Caller } from './caller.ts'
import { ToolboxError } from './errors.ts'

/** An operation as the runner sees it; core and toolkit operations are the same kind of thing. */
export interface Operation {
  readonly id: string
  readonly access: Access
  readonly effect: Effect
  readonly delegates: boolean
  readonly personOnly?: boolean
  /** The slug of the toolkit that offers it; null for what the product itself does. */
  readonly toolkit: string | null
  /** Its work goes on as jobs of the product itself, which `jobs.submit` and `jobs.retry` may make. */
  readonly makesJobs?: true
  /** The input, checked and with defaults; throws `validation_failed`. */
  parse(input: unknown): unknown
  /** The input without secret values, for the audit log. */
  redact(input: unknown): unknown
  run(input: unknown, context: RunContext): Promise<unknown>
}

/** What a running operation knows of the request it serves. */
export interface RunContext {
  readonly caller: Caller
  readonly requestId: string
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal
  /** Where a sign-in leaves its session; absent where the transport has none. */
  readonly session: SessionSink | null
  /** How the work is to be queued; given by `jobs.submit` and `jobs.retry`, empty otherwise. */
  readonly submission: Submission
  /** Passes another operation on to the runner as the same caller. What delegates can pass on a toolkit's alone. */
  run(operationId: string, input: unknown, submission?: Submission): Promise<unknown>
  /**
   * Says that the work goes on as a job. Called in the same turn as the job's row is written, so that row and
   * audit entry are one commit. Resolves when the entry is durable.
   */
  accepted(jobId: string): Promise<void>
  /** Adds a sentence to the audit entry. */
  note(detail: string): void
  /** Says whom the caller turned out to be: the audit entry is theirs. */
  identified(user: { id: string; username: string }): void
}

/** What a caller may say of a job besides its input. */
export interface Submission {
  /** The caller asked for a job; an operation that answers at once refuses. */
  readonly asJob?: boolean
  readonly priority?: number
  /** Milliseconds; not before this time. */
  readonly runAt?: number
  readonly idempotencyKey?: string
  readonly retryOf?: string
  /** The schedule that asks for it. */
  readonly scheduleId?: string
  /** Why; becomes the note of the audit entry. */
  readonly reason?: string
}

export interface SessionSink {
  readonly userAgent: string
  set(token: string, expiresAt: number): void
  clear(): void
}

/** Text may be answered piece by piece. */
type Answer<Output> = Output | (Output extends string ? AsyncIterable<string> : never)

export type Handler<D extends OperationDeclaration> = (
  input: InputOf<D>,
  context: RunContext,
) => Promise<Answer<OutputOf<D>>> | Answer<OutputOf<D>>

/** Binds a declaration of the contract to what carries it out. */
export function bind<D extends OperationDeclaration>(declaration: D, handler: Handler<D>): Operation {
  const secrets = secretFields(declaration.input)
  return {
    id: declaration.id,
    access: declaration.access,
    effect: declaration.effect,
    delegates: declaration.delegates ?? false,
    personOnly: declaration.personOnly ?? false,
    toolkit: null,
    parse: (input) => parseWith(declaration.input, input),
    redact: (input) => hide(secrets, input),
    run: async (input, context) => handler(input as InputOf<D>, context),
  }
}

function parseWith(schema: z.ZodType, input: unknown): unknown {
  const checked = checkInput(schema, input)
  if (!checked.ok) throw validationFailed(checked.errors)
  return checked.value
}

export function validationFailed(errors: readonly { path: string; message: string }[]): ToolboxError {
  const first = errors[0]
  const place = first?.path ? `\`${first.path}\`: ` : ''
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return new ToolboxError('validation_failed', `${place}${first?.message ?? 'not valid'}${more}`, { errors })
}

export const redacted = '[redacted]'

/** Top-level fields that the contract marks `writeOnly`. */
function secretFields(schema: z.ZodObject): string[] {
  return Object.keys(schema.shape).filter((name) => isSecret(schema.shape[name]))
}

function hide(secrets: readonly string[], input: unknown): unknown {
  if (secrets.length === 0 || typeof input !== 'object' || input === null) return input
  const hidden = secrets.filter((name) => name in input).map((name) => [name, redacted])
  return { ...input, ...Object.fromEntries(hidden) }
}

function isSecret(field: z.core.$ZodType | undefined): boolean {
  let inner: z.core.$ZodType | undefined = field
  while (inner) {
    if ((inner as z.ZodType).meta?.()?.writeOnly === true) return true
    inner = (inner._zod.def as { innerType?: z.core.$ZodType }).innerType
  }
  return false
}
