import { randomBytes } from 'node:crypto'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolboxError } from '../../kernel/errors.ts'

const keyLength = 32
const worldAccess = 0o007

/**
 * The 32 bytes that seal all secrets: as configured, or from `master.key` in the data directory, which the first
 * start makes. Throws `validation_failed` when neither can be used.
 */
export async function loadMasterKey(from: {
  /** Base64 or hex. */
  readonly masterKey?: string | undefined
  readonly dataDirectory: string
}): Promise<Buffer> {
  if (from.masterKey) return decode(from.masterKey, 'TOOLBOX_MASTER_KEY')
  const path = join(from.dataDirectory, 'master.key')
  const made = await makeKeyFile(path)
  return made ?? readKeyFile(path)
}

/** Null when there is one already. */
async function makeKeyFile(path: string): Promise<Buffer | null> {
  let file: FileHandle
  try {
    file = await open(path, 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw unusable(
      `The master key can't be written to ${path} (${(error as Error).message}). Make the directory writable, or set TOOLBOX_MASTER_KEY.`,
    )
  }
  try {
    const key = randomBytes(keyLength)
    await file.writeFile(`${key.toString('base64')}\n`)
    // Secrets that outlive their key are lost, so the key must be on disk before the first is sealed.
    await file.sync()
    return key
  } finally {
    await file.close()
  }
}

async function readKeyFile(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw unusable(
      `The master key in ${path} can't be read (${error.message}). Let the server's user own it.`,
    )
  })
  try {
    const { mode } = await stat(path)
    if (process.platform !== 'win32' && mode & worldAccess) {
      throw unusable(`Everybody on this machine can read the master key in ${path}. Run: chmod 600 ${path}`)
    }
    return decode(await file.readFile('utf8'), path)
  } finally {
    await file.close()
  }
}

function decode(text: string, source: string): Buffer {
  const trimmed = text.trim()
  if (/^[0-9a-fA-F]{64}$/.test(trimmed)) return Buffer.from(trimmed, 'hex')
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)) return Buffer.from(trimmed, 'base64')
  throw unusable(
    `${source} is not a master key: it must be 32 bytes as base64 (44 characters) or hex (64 characters). Make one with: openssl rand -base64 32`,
  )
}

function unusable(message: string): ToolboxError {
  return new ToolboxError('validation_failed', message)
}
