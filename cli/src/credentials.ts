import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { wrongUsage } from './command-error.ts'
import type { Context } from './context.ts'

const credentials = z.object({
  /** The URL signed in to last. */
  current: z.string().nullable(),
  tokens: z.record(z.string(), z.object({ token: z.string() })),
})
export type Credentials = z.infer<typeof credentials>

export interface CredentialStore {
  readonly file: string
  read(): Promise<Credentials>
  /** Replaces the whole file at once; only its owner can read it. */
  write(value: Credentials): Promise<void>
}

export function createCredentialStore(env: Context['env']): CredentialStore {
  const base = env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config')
  const file = join(base, 'sre-toolbox', 'credentials.json')
  return {
    file,
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw wrongUsage(`${file} can't be read: ${error.message}.`)
      })
      return text === null ? { current: null, tokens: {} } : parse(text, file)
    },
    async write(value) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      const draft = `${file}.${randomUUID()}`
      try {
        await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
        await rename(draft, file)
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

function parse(text: string, file: string): Credentials {
  try {
    return credentials.parse(JSON.parse(text))
  } catch {
    // The parser's own message would quote the file, which holds tokens.
    throw wrongUsage(`${file} is damaged. Remove it and sign in again with \`toolbox login\`.`)
  }
}
