import { CodexError } from '../kernel/errors.ts'

/** Why the system does not write a file: the code of our refusal, and what can be done. */
const refusals: Readonly<Record<string, readonly [code: string, advice: string]>> = {
  ...of(
    ['EACCES', 'EPERM', 'EROFS'],
    'read_only',
    'Make the checkout writable for this user, or work in another one.',
  ),
  ...of(
    ['EEXIST', 'ENOTDIR', 'EISDIR'],
    'in_the_way',
    'A directory has its name, or a file stands where its directory has to be: move that away.',
  ),
  ...of(['ENOSPC', 'EDQUOT'], 'no_space', 'There is no room left: make some, and try again.'),
}

function of(codes: readonly string[], code: string, advice: string) {
  return Object.fromEntries(codes.map((each) => [each, [code, advice] as const]))
}

/** Runs a write; when the file system does not allow it, says so in words. */
export function asReadOnly<T>(path: string, write: () => T): T {
  try {
    return write()
  } catch (error) {
    const said = (error as NodeJS.ErrnoException).code ?? ''
    const refusal = refusals[said]
    if (!refusal) throw error
    const [code, advice] = refusal
    const verb = code === 'read_only' ? 'may not' : "can't"
    throw new CodexError(code, 'operational', `${path} ${verb} be written (${said}). ${advice}`, { path })
  }
}
