import type { AddressInfo } from 'node:net'
import type { OperationDeclaration } from '@sre-toolbox/contract'
import { streams as streamDeclarations } from '@sre-toolbox/contract/streams'
import { fastify } from 'fastify'
import type { Registry } from 'prom-client'
import type { EventBus } from '../../kernel/event-bus.ts'
import type { Ids } from '../../kernel/ids.ts'
import type { UiFileRequest } from '../../toolkits/index.ts'
import { answerClientError } from './client-errors.ts'
import { fromFramework } from './framework-errors.ts'
import { createFront, type FrontDeps } from './front.ts'
import { addHealthRoutes } from './health-routes.ts'
import { createHttpMetrics } from './http-metrics.ts'
import type { JobsFeed } from './job-channels.ts'
import { parseJsonBody } from './json-body.ts'
import { addMethodRefusals, refuseUnknown } from './not-offered.ts'
import { createOpenApi, type ToolkitOperationView } from './openapi.ts'
import { addOperationRoutes } from './operation-routes.ts'
import { addReferenceRoutes } from './reference-routes.ts'
import { refuse } from './refuse.ts'
import { addStreamRoutes, type StreamTimes } from './stream-routes.ts'
import { addToolkitAssetRoutes } from './toolkit-asset-routes.ts'
import type { WebApp } from './web-app.ts'
import { addWebAppRoutes, answerNotFound, wantsPage } from './web-app-routes.ts'

export interface HttpServerDeps extends FrontDeps {
  readonly version: string
  readonly declarations: readonly OperationDeclaration[]
  /** What toolkits offer now, for the OpenAPI document. */
  readonly toolkitOperations: () => readonly ToolkitOperationView[]
  readonly jobsFeed: JobsFeed
  readonly events: EventBus
  readonly ids: Ids
  /** Why requests can't be served now; empty when they can. */
  readonly readiness: () => Promise<readonly string[]>
  readonly metrics: Registry
  /** Null where only the API is served. */
  readonly webApp: WebApp | null
  /** A file of a toolkit's user interface; rejects with the refusal. */
  readonly toolkitUiFile: (request: UiFileRequest) => Promise<Buffer>
  /** For tests; a person does not notice the usual ones. */
  readonly streamTimes?: Partial<StreamTimes>
}

export interface HttpServer {
  /** Port 0 takes a free one. Resolves to the address, such as `http://127.0.0.1:8080`. */
  listen(port: number, host: string): Promise<string>
  /** Ends streams, takes no new requests and lets running ones finish, for at most `deadlineMs`. */
  close(deadlineMs: number): Promise<void>
}

const usualTimes: StreamTimes = {
  heartbeatMs: 15_000,
  drainTimeoutMs: 30_000,
  jobTickMs: 50,
  changesTickMs: 100,
}

export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const { logger, options, ids } = deps
  const front = createFront(deps)
  const metrics = createHttpMetrics(deps.metrics)
  let closing = false

  const app = fastify({
    bodyLimit: options.bodyLimitBytes,
    trustProxy: options.trustProxy,
    genReqId: () => ids(),
    requestTimeout: 60_000,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: (thrown, request, reply) => {
      refuse(request, reply, fromFramework(thrown, options.bodyLimitBytes), logger)
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, ids),
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => parseJsonBody(text),
  )
  app.setNotFoundHandler((request, reply) => {
    if (deps.webApp && wantsPage(request)) answerNotFound(request, reply, deps.webApp)
    else refuseUnknown(request, reply, logger)
  })
  app.setErrorHandler((thrown, request, reply) => {
    if (request.is404) refuseUnknown(request, reply, logger)
    else refuse(request, reply, fromFramework(thrown, options.bodyLimitBytes), logger)
  })

  const offered = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = offered.get(url) ?? new Set()
    offered.set(url, known)
    for (const name of [method].flat()) known.add(name)
  })
  addOperationRoutes(app, deps.declarations, front, metrics)
  const times = { ...usualTimes, ...deps.streamTimes }
  const streams = addStreamRoutes(app, front, { jobsFeed: deps.jobsFeed, events: deps.events, ids, times })
  metrics.watchStreams(() => streams.size)
  addHealthRoutes(app, {
    readiness: async () => (closing ? ['the server is shutting down'] : deps.readiness()),
    metrics: deps.metrics,
  })
  const openApi = createOpenApi(deps.declarations, streamDeclarations, deps.version)
  addReferenceRoutes(app, front, openApi, deps.toolkitOperations)
  if (deps.webApp) addWebAppRoutes(app, deps.webApp)
  addToolkitAssetRoutes(app, front, deps.toolkitUiFile)
  addMethodRefusals(app, new Map(offered), logger)

  return {
    async listen(port, host) {
      await app.listen({ port, host })
      const { address, port: bound, family } = app.server.address() as AddressInfo
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`
    },
    async close(deadlineMs) {
      closing = true
      streams.close('shutdown')
      // Connections fall idle one by one as their last answers are written.
      const idle = setInterval(() => app.server.closeIdleConnections(), 50)
      const deadline = setTimeout(() => app.server.closeAllConnections(), deadlineMs)
      try {
        await app.close()
      } finally {
        clearInterval(idle)
        clearTimeout(deadline)
      }
    },
  }
}
