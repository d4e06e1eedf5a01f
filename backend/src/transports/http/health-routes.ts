import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { ToolboxError } from '../../kernel/errors.ts'
import { toProblem } from './problem.ts'
import { respond } from './respond.ts'

interface Health {
  readonly readiness: () => Promise<readonly string[]>
  readonly metrics: Registry
}

/** For orchestrators and Prometheus: alive, ready, and how much. */
export function addHealthRoutes(app: FastifyInstance, { readiness, metrics }: Health): void {
  app.get('/healthz', async (_request, reply) => {
    respond(reply, 200, 'application/json; charset=utf-8', '{"status":"alive"}')
  })

  app.get('/readyz', async (request, reply) => {
    const reasons = await reasonsNotReady(readiness)
    if (reasons.length === 0) {
      respond(reply, 200, 'application/json; charset=utf-8', '{"status":"ready"}')
      return
    }
    const error = new ToolboxError('unavailable', `Not ready: ${reasons.join('; ')}.`, { reasons })
    const body = JSON.stringify(toProblem(error, '/readyz', request.id))
    respond(reply, error.status, 'application/problem+json', body)
  })

  app.get('/metrics', async (_request, reply) => {
    respond(reply, 200, metrics.contentType, await metrics.metrics())
  })
}

async function reasonsNotReady(readiness: Health['readiness']): Promise<readonly string[]> {
  try {
    return await readiness()
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
