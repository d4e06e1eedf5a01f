import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { refuse } from '../kernel/errors.ts'
import type { CodexCommandDeps } from './command-line.ts'

/** The value that `env:NAME` or `file:PATH` names, without the line break that files end with. */
export function resolveLocalSecret(
  reference: string,
  { env, cwd }: Pick<CodexCommandDeps, 'env' | 'cwd'>,
): string {
  if (reference.startsWith('env:')) {
    const name = reference.slice('env:'.length)
    const value = env[name]
    if (value) return value
    throw refuse('secret_missing', `The environment variable ${name} is not set.`)
  }
  if (reference.startsWith('file:')) {
    const file = resolve(cwd, reference.slice('file:'.length))
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '')
    } catch (error) {
      throw refuse('secret_missing', `The secret can't be read: ${(error as Error).message}.`)
    }
  }
  throw refuse(
    'secret_missing',
    `${reference} is kept in the Toolbox, which gives it to nobody. Give env:NAME or file:PATH, or run the task as a job there: \`toolbox call codex.runTask\`.`,
  )
}
