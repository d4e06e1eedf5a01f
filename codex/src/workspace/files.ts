import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { CodexError } from '../kernel/errors.ts'
import { asReadOnly } from './read-only.ts'

/** The bytes of a file, or `undefined` when there is none. */
export function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (!['EISDIR', 'EACCES', 'EPERM'].includes(code)) throw error
    const why = code === 'EISDIR' ? 'it is a directory' : 'this user may not'
    throw new CodexError('unreadable', 'operational', `${path} can't be read: ${why} (${code}).`, { path })
  }
}

/** The text of a file, or `undefined` when there is none. */
export function readIfThere(path: string): string | undefined {
  return readBytes(path)?.toString('utf8')
}

/** Replaces a file in one step that survives a crash: readers see the old content or the new one, never a part. */
export function replaceFile(named: string, text: string): void {
  // A link stays a link: what it leads to is replaced.
  const path = existsSync(named) ? realpathSync(named) : named
  const directory = dirname(path)
  const temporary = join(directory, `.${process.pid}-${performance.now().toString(36).replace('.', '')}.tmp`)
  asReadOnly(path, () => {
    mkdirSync(directory, { recursive: true })
    const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644
    try {
      writeDurably(temporary, text, mode & 0o777)
      renameSync(temporary, path)
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
    syncDirectory(directory)
  })
}

export function removeFile(path: string): void {
  rmSync(path, { force: true })
  syncDirectory(dirname(path))
}

function writeDurably(path: string, text: string, mode: number): void {
  const handle = openSync(path, 'wx', mode)
  try {
    const bytes = Buffer.from(text)
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
