import { type Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps, type Agent as TlsAgent } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import type { EgressRequest } from '../../../../toolkits/ports.ts'
import { checkAddress } from './guard.ts'
import { type PhaseClock, startPhases } from './phases.ts'

export interface Agents {
  readonly http: Agent
  readonly https: TlsAgent
}

export interface Exchange {
  readonly response: IncomingMessage
  readonly phases: PhaseClock
  readonly remoteAddress: string | null
}

export interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Sends one request and resolves with its answer's head; the body is still to be read. */
export function exchange(
  hop: Hop,
  { freshConnection }: EgressRequest,
  agents: Agents,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<Exchange> {
  const secure = hop.url.protocol === 'https:'
  const phases = startPhases()
  return new Promise((resolve, reject) => {
    const request = (secure ? requestHttps : requestHttp)(hop.url, {
      method: hop.method,
      headers: headersOf(hop),
      agent: freshConnection ? false : secure ? agents.https : agents.http,
      lookup,
      signal,
    })
    request.on('error', reject)
    request.on('socket', (socket) => watch(socket, request, phases, secure))
    request.on('finish', phases.sent)
    request.on('response', (response) => {
      phases.firstByte()
      resolve({ response, phases, remoteAddress: response.socket.remoteAddress ?? null })
    })
    request.end(hop.body ?? undefined)
  })
}

function watch(socket: Socket, request: ClientRequest, phases: PhaseClock, secure: boolean) {
  if (!socket.connecting) return
  socket.once('lookup', () => phases.resolved())
  socket.once('connect', () => {
    phases.connected()
    try {
      if (socket.remoteAddress) checkAddress(socket.remoteAddress, request.host)
    } catch (error) {
      request.destroy(error as Error)
    }
  })
  if (secure) socket.once('secureConnect', () => phases.secured())
}

/** Belong to the connection, which is ours. */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

function headersOf({ headers, body }: Hop): Record<string, string | number> {
  const sent: Record<string, string | number> = {
    'accept-encoding': 'gzip, br, deflate',
    'user-agent': 'SRE-Toolbox',
  }
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase()
    if (!connectionHeaders.has(lower)) sent[lower] = value
  }
  if (body !== null) sent['content-length'] = Buffer.byteLength(body)
  return sent
}
