import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ToolboxError } from '../../kernel/errors.ts'
import type { Logger } from '../../kernel/logger.ts'
import { problemHeaders, toProblem } from './problem.ts'
import { respond } from './respond.ts'

/** Answers an error as problem details, and logs what is not the caller's to mend. Returns the status. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  error: ToolboxError,
  logger: Logger,
): number {
  const path = pathOf(request.url)
  if (error.fate !== 'user') {
    const fields = {
      requestId: request.id,
      method: request.method,
      path,
      code: error.code,
      // Where it came from is told only when it was not expected.
      ...(error.cause === undefined ? { detail: error.message } : { error: error.cause }),
    }
    if (error.fate === 'bug') logger.error(fields, 'a request failed by a fault of ours')
    else logger.warn(fields, 'a request could not be served')
  }
  const body = JSON.stringify(toProblem(error, path, request.id))
  respond(reply, error.status, 'application/problem+json', body, problemHeaders(error))
  return error.status
}

/** Without the query, which may hold what belongs in no log. */
export function pathOf(url: string): string {
  const end = url.indexOf('?')
  return end === -1 ? url : url.slice(0, end)
}
