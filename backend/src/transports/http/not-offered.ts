import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify'
import { ToolboxError } from '../../kernel/errors.ts'
import type { Logger } from '../../kernel/logger.ts'
import { apiHeaders } from './headers.ts'
import { pathOf, refuse } from './refuse.ts'

const methods: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/**
 * For each path that has routes: 405 with `Allow` for every other method, before a body is read, and an answer to
 * OPTIONS. Called when all routes are there.
 */
export function addMethodRefusals(
  app: FastifyInstance,
  routes: ReadonlyMap<string, ReadonlySet<string>>,
  logger: Logger,
): void {
  for (const [url, offered] of routes) {
    const allow = methods.filter((method) => method === 'OPTIONS' || offered.has(method))
    const others = methods.filter((method) => !offered.has(method))
    app.route({
      method: [...others],
      url,
      onRequest: (request, reply) => answer(request, reply, allow, logger),
      handler: (request, reply) => answer(request, reply, allow, logger),
    })
  }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  allow: readonly string[],
  logger: Logger,
): void {
  if (request.method === 'OPTIONS') {
    reply.hijack()
    reply.raw.writeHead(204, { ...apiHeaders, allow: allow.join(', ') }).end()
    return
  }
  refuse(request, reply, methodNotAllowed(request, allow), logger)
}

/** What is at no path, or asked for by a method that nothing here answers. */
export function refuseUnknown(request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const error = (methods as readonly string[]).includes(request.method)
    ? new ToolboxError('not_found', `Nothing is at ${pathOf(request.url)}. /api/docs shows what there is.`)
    : methodNotAllowed(request, methods)
  refuse(request, reply, error, logger)
}

function methodNotAllowed(request: FastifyRequest, allow: readonly string[]): ToolboxError {
  return new ToolboxError(
    'method_not_allowed',
    `${request.method} is not offered at ${pathOf(request.url)}. Use ${allow.filter((method) => method !== 'OPTIONS').join(' or ')}.`,
    { allow },
  )
}
