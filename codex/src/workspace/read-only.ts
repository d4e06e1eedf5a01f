import { CodexError } from '../kernel/errors.ts'

const refusals = new Set(['EACCES', 'EPERM', 'EROFS'])

/** Runs a write; when the checkout does not allow it, says so in words. */
export function asReadOnly<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!refusals.has(code)) throw error
    throw new CodexError(
      'read_only',
      'operational',
      `${path} may not be written (${code}). Make the checkout writable for this user, or work in another one.`,
      { path },
    )
  }
}
