import type { IncomingHttpHeaders } from 'node:http'
import { webRoutes } from '@sre-toolbox/contract/web-routes'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appHeaders } from './headers.ts'
import { respond } from './respond.ts'
import type { WebApp, WebFile } from './web-app.ts'

/** The web app's files, and the app itself at each of its pages. */
export function addWebAppRoutes(app: FastifyInstance, { files, page }: WebApp): void {
  for (const [path, file] of files) {
    app.get(path, async (request, reply) => answer(request, reply, file))
  }
  for (const path of webRoutes.flatMap(withItsRoot)) {
    app.get(path, async (request, reply) => answer(request, reply, page))
  }
}

/** `/toolkits/:slug/*` is the page at `/toolkits/:slug`, too. */
function withItsRoot(path: string): string[] {
  return path.endsWith('/*') ? [path.slice(0, -2), path] : [path]
}

/** What a person's browser asks for at an address of ours that is none: there the app says so, and leads on. */
export function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const ofPrograms = /^\/(?:api|assets|toolkit-assets|mcp)(?:[/?]|$)/.test(url)
  return !ofPrograms && String(headers.accept ?? '').includes('text/html')
}

/** The app with the status of what is not there. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply, { page }: WebApp): void {
  answer(request, reply, page, 404)
}

function answer({ headers }: FastifyRequest, reply: FastifyReply, file: WebFile, status = 200): void {
  const { bodies, contentType, etag, immutable } = file
  const sent = {
    ...appHeaders,
    etag,
    vary: 'accept-encoding',
    'cache-control': immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (status === 200 && headers['if-none-match'] === etag) {
    respond(reply, 304, contentType, '', sent)
    return
  }
  const accepted = acceptedEncodings(headers)
  const encoding = (['br', 'gzip'] as const).find((name) => accepted.has(name) && bodies[name])
  const body = (encoding && bodies[encoding]) ?? bodies.identity
  respond(reply, status, contentType, body, { ...sent, ...(encoding && { 'content-encoding': encoding }) })
}

/** The encodings that a client takes. */
export function acceptedEncodings(headers: IncomingHttpHeaders): ReadonlySet<string> {
  const named = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((entry) =>
      entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/),
    )
  return new Set(
    named.filter(([, weight]) => weight === undefined || Number(weight) > 0).map(([name = '']) => name),
  )
}
