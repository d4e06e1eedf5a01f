import { readFileSync } from 'node:fs'
import { toolkitManifestSchema } from '@sre-toolbox/sdk/manifest'
import type { FastifyInstance } from 'fastify'
import { mayAs } from '../../kernel/caller.ts'
import { toToolboxError } from '../../kernel/errors.ts'
import type { Front } from './front.ts'
import { pageHeaders } from './headers.ts'
import type { OpenApiDocument, ToolkitOperationView } from './openapi.ts'
import { refuse } from './refuse.ts'
import { respond } from './respond.ts'

const pages = {
  '/api/docs': { file: 'reference.html', contentType: 'text/html; charset=utf-8' },
  '/api/docs/reference.js': { file: 'reference.js', contentType: 'text/javascript; charset=utf-8' },
  '/api/docs/reference.css': { file: 'reference.css', contentType: 'text/css; charset=utf-8' },
} as const

/** The OpenAPI document, the page that shows it, and the schema of `toolkit.json`. */
export function addReferenceRoutes(
  app: FastifyInstance,
  front: Front,
  openApi: (toolkitOperations: readonly ToolkitOperationView[]) => OpenApiDocument,
  toolkitOperations: () => readonly ToolkitOperationView[],
): void {
  for (const [url, { file, contentType }] of Object.entries(pages)) {
    const content = readFileSync(new URL(`reference/${file}`, import.meta.url), 'utf8')
    app.get(url, async (_request, reply) => respond(reply, 200, contentType, content, pageHeaders))
  }

  const manifestSchema = JSON.stringify(toolkitManifestSchema)
  app.get('/api/schemas/toolkit.json', async (_request, reply) =>
    respond(reply, 200, 'application/schema+json', manifestSchema),
  )

  // What is installed here is shown to those who may list toolkits; the rest is the same everywhere.
  app.get('/api/openapi.json', async (request, reply) => {
    try {
      const caller = await front.callerOf(request)
      const document = openApi(mayAs(caller, 'toolkit.user') ? toolkitOperations() : [])
      respond(reply, 200, 'application/json; charset=utf-8', JSON.stringify(document))
    } catch (thrown) {
      refuse(request, reply, toToolboxError(thrown), front.logger)
    }
  })
}
