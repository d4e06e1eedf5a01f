import type { EgressFailure } from '../messages.ts'

/** Carries an `EgressFailure` through the layers of an HTTP request. */
export interface FailureError extends Error {
  readonly failure: EgressFailure
}

export function failure(
  code: EgressFailure['code'],
  message: string,
  reason: string | null = null,
): FailureError {
  return Object.assign(new Error(message), { failure: { code, message, reason } })
}

/** What went wrong on the way to `origin`, in words. */
export function toFailure(error: unknown, origin: string): EgressFailure {
  if (error instanceof Error && 'failure' in error) return (error as FailureError).failure
  const { code = null, message = String(error) } = error as NodeJS.ErrnoException
  if (code?.startsWith('ERR_INVALID')) return { code: 'validation_failed', message, reason: code }
  const sentence = code === null ? null : sentences[code]
  return {
    code: 'unavailable',
    message: `${origin} ${sentence ?? `gave no usable answer: ${message}`}.`,
    reason: code,
  }
}

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'could not be resolved: there is no such name',
  EAI_AGAIN: 'could not be resolved: the name server did not answer',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection before it had answered',
  EHOSTUNREACH: 'can not be reached from here: no route',
  ENETUNREACH: 'can not be reached from here: no network',
  ETIMEDOUT: 'did not accept the connection in time',
  CERT_HAS_EXPIRED: 'has a certificate that expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that it signed itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'has a certificate of an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'has a certificate of an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'has a certificate of an authority that is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
}
