import type { IncomingMessage } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface ReadBody {
  readonly body: string
  readonly bodyBytes: number
  readonly truncated: boolean
}

/** Reads and decompresses a body, at most `maxBytes` of it: what a small answer would unpack to beyond that is never unpacked. */
export async function readBody(response: IncomingMessage, maxBytes: number): Promise<ReadBody> {
  const chunks: Buffer[] = []
  let bytes = 0
  let truncated = false
  const content = decompressed(response)
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const room = maxBytes - bytes
    chunks.push(chunk.subarray(0, room))
    bytes += Math.min(chunk.length, room)
    if (chunk.length > room) {
      truncated = true
      break
    }
  }
  if (truncated) response.destroy()
  const body = decode(Buffer.concat(chunks), response.headers['content-type'])
  return { body, bodyBytes: bytes, truncated }
}

function decompressed(response: IncomingMessage): Readable {
  const decompressor = decompressorFor(response.headers['content-encoding']?.trim().toLowerCase())
  if (!decompressor || !mayHaveBody(response)) return response
  return pipeline(response, decompressor, () => {})
}

/** An answer without a body may still name the encoding that the body would have had. */
function mayHaveBody({ statusCode, headers, req }: IncomingMessage & { req?: { method: string } }): boolean {
  return (
    statusCode !== 204 && statusCode !== 304 && headers['content-length'] !== '0' && req?.method !== 'HEAD'
  )
}

function decompressorFor(encoding: string | undefined) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  if (encoding === 'br') return createBrotliDecompress()
  return null
}

function decode(content: Buffer, contentType = ''): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(content)
  } catch {
    return content.toString()
  }
}
