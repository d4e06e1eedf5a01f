import type { IncomingHttpHeaders } from 'node:http'
import type { LookupFunction } from 'node:net'
import type { EgressRequest, EgressResponse } from '../../../../toolkits/ports.ts'
import { readBody } from './body.ts'
import { type Agents, exchange, type Hop } from './exchange.ts'
import { failure } from './failure.ts'
import { checkUrl } from './guard.ts'

/** Makes a request and follows its redirects, each of which is checked like the first. */
export async function perform(
  request: EgressRequest,
  agents: Agents,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<EgressResponse> {
  const started = performance.now()
  let hop: Hop = {
    url: parseUrl(request.url),
    method: request.method.toUpperCase(),
    headers: request.headers,
    body: request.body,
  }
  for (let redirects = 0; ; redirects++) {
    checkUrl(hop.url, request.allowed)
    const { response, phases, remoteAddress } = await exchange(hop, request, agents, lookup, signal)
    const next = request.maxRedirects > 0 ? redirectOf(hop, response.statusCode ?? 0, response.headers) : null
    if (next) {
      response.destroy()
      if (redirects >= request.maxRedirects) {
        throw failure('unavailable', `${request.url} redirects more than ${request.maxRedirects} times.`)
      }
      hop = next
      continue
    }
    const body = await readBody(response, request.maxBodyBytes)
    return {
      status: response.statusCode ?? 0,
      headers: flatten(response.headers),
      ...body,
      url: hop.url.href,
      remoteAddress,
      timings: { ...phases.finish(), total: performance.now() - started },
    }
  }
}

function parseUrl(text: string): URL {
  const url = URL.parse(text)
  if (!url)
    throw failure('validation_failed', `${text} is no URL; give one such as https://example.com/path.`)
  return url
}

/** For the origin they were given for, and no other. */
const credentialHeaders = ['authorization', 'cookie', 'proxy-authorization']

function redirectOf(hop: Hop, status: number, { location }: IncomingHttpHeaders): Hop | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null
  const url = URL.parse(location, hop.url)
  if (!url) throw failure('unavailable', `${hop.url.href} redirects to something that is no URL.`)
  const dropsBody = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST'
  const sameOrigin = url.origin === hop.url.origin
  const headers = Object.entries(hop.headers).filter(([name]) => {
    const lower = name.toLowerCase()
    if (lower === 'host') return sameOrigin
    if (dropsBody && lower.startsWith('content-')) return false
    return sameOrigin || !credentialHeaders.includes(lower)
  })
  return {
    url,
    method: dropsBody ? 'GET' : hop.method,
    headers: Object.fromEntries(headers),
    body: dropsBody ? null : hop.body,
  }
}

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join('\n') : value
  }
  return flat
}
