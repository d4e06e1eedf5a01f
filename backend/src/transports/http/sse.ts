import type { ServerResponse } from 'node:http'
import { apiHeaders } from './headers.ts'

/** Server-sent events to one client. */
export interface EventStream {
  readonly closed: boolean
  /** `data` is JSON text, which has no line breaks. `id` is what the client resumes after. */
  send(event: string, data: string, id: string): void
  /** Resolves when the client has taken what was sent, or is gone. */
  drained(): Promise<void>
  close(): void
}

export interface EventStreamOptions {
  readonly heartbeatMs: number
  /** A client that takes nothing for this long is dropped; it resumes when it comes back. */
  readonly drainTimeoutMs: number
  onHeartbeat(): void
  /** Called once, however the stream ends. */
  onClose(): void
}

export function openEventStream(response: ServerResponse, options: EventStreamOptions): EventStream {
  let closed = false
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(':\n\n')
    options.onHeartbeat()
  }, options.heartbeatMs)

  response.once('close', () => {
    closed = true
    clearInterval(heartbeat)
    options.onClose()
  })
  response.writeHead(200, {
    ...apiHeaders,
    'content-type': 'text/event-stream; charset=utf-8',
    // Keeps proxies from holding events back.
    'x-accel-buffering': 'no',
  })
  response.write('retry: 1000\n\n')

  return {
    get closed() {
      return closed
    },
    send(event, data, id) {
      if (!closed) response.write(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`)
    },
    drained() {
      if (closed || !response.writableNeedDrain) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      const done = () => {
        clearTimeout(tooSlow)
        response.off('drain', done)
        response.off('close', done)
        resolve()
      }
      const tooSlow = setTimeout(() => response.destroy(), options.drainTimeoutMs)
      response.once('drain', done)
      response.once('close', done)
      return promise
    },
    close() {
      if (closed) return
      closed = true
      response.end()
    },
  }
}
