import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { FastifyRequest } from 'fastify'
import type { AuditTrail } from '../../kernel/audit-trail.ts'
import { authorise, requireSignIn } from '../../kernel/authorise.ts'
import type { Caller } from '../../kernel/caller.ts'
import { ToolboxError, toToolboxError } from '../../kernel/errors.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { Operation } from '../../kernel/operation.ts'
import type { Runner } from '../../kernel/run-operation.ts'
import { type Authenticate, readCredentials } from './credentials.ts'
import { refuseForgery } from './forgery.ts'
import { createSessionCookie, type SessionCookie } from './session-cookie.ts'

export interface HttpOptions {
  /** Sessions only over TLS: the cookie becomes `__Host-toolbox_session`. */
  readonly cookieSecure: boolean
  readonly bodyLimitBytes: number
  /** Whose `X-Forwarded-*` headers count: all (`true`), nobody's, or a list of addresses and networks. */
  readonly trustProxy: boolean | string
  /** Where people open the product, such as `https://toolbox.example`; null when it is the server's own address. */
  readonly publicUrl: string | null
  /** Logs each request at debug level. */
  readonly accessLog: boolean
  /** Refuses to answer what the contract doesn't promise; for tests. */
  readonly checkOutputs: boolean
}

export interface FrontDeps {
  readonly runner: Runner
  readonly authenticate: Authenticate
  readonly audit: AuditTrail
  readonly logger: Logger
  readonly options: HttpOptions
}

/** What stands between a request and anything that answers it. */
export interface Front {
  readonly runner: Runner
  readonly logger: Logger
  readonly options: HttpOptions
  readonly cookie: SessionCookie
  /** Throws `not_signed_in` when the request vouches for itself with something invalid. */
  callerOf(request: FastifyRequest): Promise<Caller>
  /** Rejects with `request_forged`, and leaves an audit entry. */
  refuseForgery(caller: Caller, request: FastifyRequest, declaration: OperationDeclaration): Promise<void>
  /** Guards what the runner doesn't run: streams. Returns the checked input; rejects with the refusal, audited. */
  guard(operation: Operation, input: unknown, request: FastifyRequest): Promise<unknown>
}

export function createFront({ runner, authenticate, audit, logger, options }: FrontDeps): Front {
  const cookie = createSessionCookie(options.cookieSecure)
  const publicOrigin = options.publicUrl === null ? null : new URL(options.publicUrl).origin

  async function callerOf(request: FastifyRequest): Promise<Caller> {
    const credentials = readCredentials(request.headers, cookie, request.ip)
    const caller = await authenticate(credentials)
    if (credentials.bearer !== null && caller.kind === 'anonymous') {
      throw new ToolboxError('not_signed_in', 'The API token is not valid. Make a new one.')
    }
    return caller
  }

  async function auditRefusal(
    error: ToolboxError,
    caller: Caller,
    request: FastifyRequest,
    operation: { readonly id: string; readonly effect: Operation['effect'] },
  ): Promise<never> {
    await audit.record({
      caller,
      operation: operation.id,
      effect: operation.effect,
      outcome: 'refused',
      code: error.code,
      input: {},
      detail: null,
      jobId: null,
      requestId: request.id,
    })
    throw error
  }

  return {
    runner,
    logger,
    options,
    cookie,
    callerOf,
    async refuseForgery(caller, request, declaration) {
      try {
        refuseForgery(caller, request, publicOrigin)
      } catch (thrown) {
        await auditRefusal(toToolboxError(thrown), caller, request, declaration)
      }
    },
    async guard(operation, input, request) {
      const caller = await callerOf(request)
      requireSignIn(operation, caller)
      const checked = operation.parse(input)
      try {
        authorise(operation, caller)
      } catch (thrown) {
        await auditRefusal(toToolboxError(thrown), caller, request, operation)
      }
      return checked
    },
  }
}
