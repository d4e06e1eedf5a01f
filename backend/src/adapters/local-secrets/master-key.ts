import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
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
  const key = (await readKeyFile(path)) ?? (await makeKeyFile(path)) ?? (await readKeyFile(path))
  if (key) return key
  throw unusable(`The master key in ${path} vanished while it was read. Look for what removes it.`)
}

/** Null when there is one already. It appears whole or not at all, whatever interrupts it. */
async function makeKeyFile(path: string): Promise<Buffer | null> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    const key = randomBytes(keyLength)
    await writeFile(draft, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, path)
    return key
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return null
    throw unusable(
      `The master key can't be written to ${path} (${message}). Make the directory writable, or set TOOLBOX_MASTER_KEY.`,
    )
  } finally {
    await rm(draft, { force: true })
  }
}

async function readKeyFile(path: string): Promise<Buffer | null> {
  try {
    const { mode } = await stat(path)
    if (process.platform !== 'win32' && mode & worldAccess) {
      throw unusable(`Everybody on this machine can read the master key in ${path}. Run: chmod 600 ${path}`)
    }
    return decode(await readFile(path, 'utf8'), path)
  } catch (error) {
    if (error instanceof ToolboxError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw unusable(`The master key in ${path} can't be read (${message}). Let the server's user own it.`)
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
