import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Reply = (response: ServerResponse, request: Received, times: number) => void

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string
  readonly received: readonly Received[]
  close(): Promise<void>
}

/**
 * A real HTTP server that says exactly what a test has it say: for the answers that a sound Toolbox gives rarely or
 * never. Replies are found by `METHOD /path`; `times` counts how often that one was asked, from 1.
 */
export async function startScriptedServer(
  replies: Readonly<Record<string, Reply>>,
  port = 0,
): Promise<ScriptedServer> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const [path] = url.split('?', 1)
    const entry: Received = { method, url, headers, body: await text(request) }
    received.push(entry)
    const key = `${method} ${path}`
    const times = received.filter((other) => `${other.method} ${other.url.split('?', 1)[0]}` === key).length
    const reply = replies[key]
    if (reply) reply(response, entry, times)
    else problem(404, 'not_found', `Nothing is scripted for ${key}.`)(response, entry, times)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const { port: chosen } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${chosen}`, received, close, [Symbol.asyncDispose]: close }
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return (response) =>
    void response
      .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      .end(JSON.stringify(body))
}

export function problem(
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Reply {
  return (response, request) =>
    void response.writeHead(status, { 'content-type': 'application/problem+json' }).end(
      JSON.stringify({
        type: `/problems/${code}`,
        title: code,
        status,
        code,
        detail,
        instance: request.url,
        requestId: 'request-1',
        ...more,
      }),
    )
}

/** Events as a job's stream sends them; `cut` breaks the connection after them, otherwise it stays open or ends. */
export function events(
  list: readonly { readonly id: string; readonly event: string; readonly data: unknown }[],
  after: 'end' | 'cut' | 'stay' = 'end',
): Reply {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    const frames = list.map(
      ({ id, event, data }) => `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    )
    response.write(frames.join(''), () => {
      if (after === 'end') response.end()
      if (after === 'cut') response.destroy()
    })
  }
}
