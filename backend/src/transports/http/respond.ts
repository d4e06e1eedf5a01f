import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import { apiHeaders } from './headers.ts'

type Headers = Readonly<Record<string, string>>

/** Writes a whole answer at once, past fastify's serialisation, which has nothing to add. */
export function respond(
  reply: FastifyReply,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Headers = {},
): void {
  reply.hijack()
  const { raw } = reply
  if (raw.headersSent) {
    raw.destroy()
    return
  }
  const length = Buffer.byteLength(body)
  raw.writeHead(status, {
    ...apiHeaders,
    'content-type': contentType,
    'content-length': length,
    ...headers,
    ...connectionOf(raw),
  })
  // Text of ASCII alone, which most answers are, needs no transcoding.
  if (length === body.length) raw.end(body, 'latin1')
  else raw.end(body)
}

/** For answers of any length. A failure half-way cuts the connection, so that no client takes a part for the whole. */
export async function respondInChunks(
  reply: FastifyReply,
  contentType: string,
  chunks: Iterable<string> | AsyncIterable<string>,
  headers: Headers,
): Promise<void> {
  reply.hijack()
  reply.raw.writeHead(200, { ...apiHeaders, 'content-type': contentType, ...headers })
  await pipeline(chunks, reply.raw)
}

/** A client that is still sending what was refused would be read to its end otherwise. */
function connectionOf(response: ServerResponse): Headers {
  return response.req.complete ? {} : { connection: 'close' }
}
