import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { getToolkit } from '@sre-toolbox/contract/toolkits'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { contentTypeOf } from '../../kernel/content-types.ts'
import { bind } from '../../kernel/operation.ts'
import type { UiFileRequest } from '../../toolkits/index.ts'
import type { Front } from './front.ts'
import { appHeaders } from './headers.ts'
import { respond } from './respond.ts'
import { acceptedEncodings } from './web-app-routes.ts'

const compress = promisify(brotliCompress)
const readToolkit = bind(getToolkit, () => Promise.reject(new Error('is guarded here, and run elsewhere')))

/**
 * The user interfaces of toolkits. They are not public as the shell is: what a team built says much about what it runs. So
 * who may see a toolkit may load its interface, and nobody else.
 */
export function addToolkitAssetRoutes(
  app: FastifyInstance,
  front: Front,
  uiFile: (request: UiFileRequest) => Promise<Buffer>,
): void {
  app.get('/toolkit-assets/:slug/:digest/*', async (request, reply) => {
    const { slug, digest, path } = askedFor(request)
    await front.guard(readToolkit, { slug }, request)
    const file = await uiFile({ slug, digest, path })
    const contentType = contentTypeOf(path)
    const packed = isText(contentType) && acceptedEncodings(request.headers).has('br')
    respond(reply, 200, contentType, packed ? await pack(file) : file, {
      ...appHeaders,
      // The digest names the content; a cache that people share must not hand it out.
      'cache-control': 'private, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(packed && { 'content-encoding': 'br' }),
    })
  })
}

function askedFor({ params }: FastifyRequest): UiFileRequest {
  const { slug = '', digest = '', '*': path = '' } = params as Record<string, string>
  return { slug, digest, path }
}

function isText(contentType: string): boolean {
  return /^(text|application\/json|image\/svg)/.test(contentType)
}

/** Each browser asks once, so little is gained by squeezing harder. */
function pack(file: Buffer): Promise<Buffer> {
  return compress(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
}
