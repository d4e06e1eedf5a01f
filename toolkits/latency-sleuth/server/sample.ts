import { type FetchTimings, RequestError, type ToolkitContext } from '@sre-toolbox/sdk'
import { credentialHeaders } from './credentials.ts'

export interface Target {
  readonly url: string
  readonly method: 'GET' | 'HEAD'
  readonly timeoutMs: number
  /** Any below 400 when absent. */
  readonly expectStatus?: number
  readonly headers: Readonly<Record<string, string>>
}

/** One request. Times are milliseconds; null for a phase that did not take place or was not reached. */
export interface Sample {
  readonly number: number
  /** ISO 8601. */
  readonly at: string
  /** Answered, with the expected status. */
  readonly ok: boolean
  readonly status: number | null
  readonly dns: number | null
  readonly connect: number | null
  readonly tls: number | null
  readonly firstByte: number | null
  readonly download: number | null
  readonly total: number | null
  readonly error: string | null
}

/** Enough to time the download of a page, and no burden for either side. */
const maxBodyBytes = 256 * 1024
const unreached = { dns: null, connect: null, tls: null, firstByte: null, download: null, total: null }

/**
 * Requests the target once, on a connection of its own. A redirect is an answer, not followed. A target that can't be
 * reached is a sample with an error; only a cancellation and a refusal of the request itself reject.
 */
export async function takeSample(number: number, target: Target, context: ToolkitContext): Promise<Sample> {
  const headers = { ...target.headers, ...(await credentialHeaders(target.url, context)) }
  const at = new Date().toISOString()
  try {
    const { status, timings } = await context.fetch(target.url, {
      method: target.method,
      headers,
      timeoutMs: target.timeoutMs,
      maxBodyBytes,
      maxRedirects: 0,
      freshConnection: true,
    })
    const error = statusError(status, target.expectStatus)
    return { number, at, ok: error === null, status, ...phasesOf(timings), error }
  } catch (thrown) {
    context.signal.throwIfAborted()
    if (!(thrown instanceof RequestError) || !isAboutTheTarget(thrown)) throw thrown
    return { number, at, ok: false, status: null, ...unreached, error: thrown.message }
  }
}

/** To the microsecond: more digits are noise. */
function phasesOf(timings: FetchTimings): Pick<Sample, keyof FetchTimings> {
  const rounded = Object.entries(timings).map(([phase, time]) => [
    phase,
    time && Math.round(time * 1000) / 1000,
  ])
  return Object.fromEntries(rounded)
}

/** The target did not answer, as against: the request was refused before it was made. */
function isAboutTheTarget({ code }: RequestError): boolean {
  return code === 'unavailable' || code === 'timed_out'
}

function statusError(status: number, expected: number | undefined): string | null {
  if (expected !== undefined) return status === expected ? null : `status ${status} instead of ${expected}`
  return status < 400 ? null : `status ${status}`
}

/** One line, as the job's log shows it. */
export function describeSample(sample: Sample): string {
  if (sample.total === null) return `#${sample.number} failed: ${sample.error}`
  const phases = [
    ['dns', sample.dns],
    ['connect', sample.connect],
    ['tls', sample.tls],
    ['first byte', sample.firstByte],
  ] as const
  const told = phases.filter(([, time]) => time !== null).map(([name, time]) => `${name} ${time?.toFixed(1)}`)
  const failure = sample.ok ? '' : `: ${sample.error}`
  return `#${sample.number} ${sample.status} in ${sample.total.toFixed(1)} ms (${told.join(', ')})${failure}`
}
