const longestWaitMs = 60_000

/**
 * Milliseconds to wait before the same request is sent again, or null when it should not be.
 * `response` is null when the connection broke before an answer.
 */
export function retryDelay(response: Response | null, attempt: number, random: () => number): number | null {
  if (response && response.status !== 429 && response.status !== 503) return null
  const askedSeconds = Number(response?.headers.get('retry-after') ?? Number.NaN)
  if (askedSeconds >= 0) return askedSeconds * 1000 > longestWaitMs ? null : askedSeconds * 1000
  return 250 * 2 ** (attempt - 1) * (0.75 + random() / 2)
}

const resets = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** The connection stood and broke; a server that is not there at all is reported at once. */
export function isConnectionReset(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code
  return typeof code === 'string' && resets.has(code)
}
