import { RequestError } from '../errors.ts'
import type { FetchRequest, FetchResponse } from '../requests.ts'

/** Makes a real request from the test's own process; the phases before the first byte can't be told apart here. */
export async function fetchOverHttp(request: FetchRequest, signal: AbortSignal): Promise<FetchResponse> {
  const started = performance.now()
  try {
    const answer = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: request.maxRedirects === 0 ? 'manual' : 'follow',
      signal: AbortSignal.any([signal, AbortSignal.timeout(request.timeoutMs)]),
    })
    const answered = performance.now()
    const body = Buffer.from(await answer.arrayBuffer())
    const ended = performance.now()
    const kept = body.subarray(0, request.maxBodyBytes)
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: kept.toString(),
      truncated: kept.length < body.length,
      bodyBytes: kept.length,
      url: answer.url,
      remoteAddress: null,
      timings: {
        dns: null,
        connect: null,
        tls: null,
        firstByte: answered - started,
        download: ended - answered,
        total: ended - started,
      },
    }
  } catch (error) {
    throw toRequestError(error, request)
  }
}

function toRequestError(error: unknown, request: FetchRequest): RequestError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new RequestError('timed_out', `${request.url} did not answer within ${request.timeoutMs} ms.`)
  }
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined
  return new RequestError('unavailable', `${request.url} could not be reached.`, cause?.code ?? null)
}
