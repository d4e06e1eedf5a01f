import { performance } from 'node:perf_hooks'
import type { OperationDeclaration } from '@sre-toolbox/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toToolboxError } from '../../kernel/errors.ts'
import type { RunResult } from '../../kernel/run-operation.ts'
import { createAnswer } from './answer.ts'
import type { Front } from './front.ts'
import type { HttpMetrics } from './http-metrics.ts'
import { createInputReader, partsOf } from './operation-input.ts'
import { pathOf, refuse } from './refuse.ts'

/** One route for each declaration; whatever it asks for is run by the runner and by nothing else. */
export function addOperationRoutes(
  app: FastifyInstance,
  declarations: readonly OperationDeclaration[],
  front: Front,
  metrics: HttpMetrics,
): void {
  for (const declaration of declarations) addRoute(app, declaration, front, metrics)
}

function addRoute(
  app: FastifyInstance,
  declaration: OperationDeclaration,
  front: Front,
  metrics: HttpMetrics,
): void {
  const { id, method } = declaration
  const { logger, runner, options } = front
  const readInput = createInputReader(declaration)
  const answer = createAnswer(declaration, options.checkOutputs)
  const count = metrics.forRoute(id)
  const changes = method !== 'GET'

  async function run(request: FastifyRequest, reply: FastifyReply): Promise<number> {
    const caller = await front.callerOf(request)
    if (changes) await front.refuseForgery(caller, request, declaration)
    const input = readInput(partsOf(request))
    const cookies: string[] = []
    const session = changes
      ? {
          userAgent: request.headers['user-agent'] ?? '',
          set: (token: string, expiresAt: number) => cookies.push(front.cookie.issue(token, expiresAt)),
          clear: () => cookies.push(front.cookie.expire()),
        }
      : null
    const result: RunResult = await runner.run(id, input, {
      caller,
      requestId: request.id,
      signal: signalOf(reply),
      session,
    })
    return answer(reply, result, input, cookies.at(-1))
  }

  app.route({
    method,
    url: toRoutePath(declaration.path),
    async handler(request, reply) {
      const started = performance.now()
      let status: number
      try {
        status = await run(request, reply)
      } catch (thrown) {
        status = refuse(request, reply, toToolboxError(thrown), logger)
      }
      const milliseconds = performance.now() - started
      count(status, milliseconds)
      if (options.accessLog) {
        const path = pathOf(request.url)
        logger.debug({ requestId: request.id, operation: id, path, status, milliseconds }, 'request')
      }
    },
  })
}

/** `/secrets/*name` is `/api/secrets/*` to the router. */
export function toRoutePath(path: string): string {
  return `/api${path.replace(/\*[A-Za-z]+$/, '*')}`
}

function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  const { raw } = reply
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort()
  })
  return controller.signal
}
