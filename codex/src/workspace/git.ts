import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CodexError } from '../kernel/errors.ts'

const run = promisify(execFile)
const largest = 64 * 1024 * 1024

/** Runs git in a directory and gives what it prints. */
export function createGit(root: string) {
  const git = async (...args: string[]): Promise<string> => {
    try {
      const { stdout } = await run('git', args, { cwd: root, maxBuffer: largest })
      return stdout.trimEnd()
    } catch (error) {
      const { code, stderr = '', stdout = '' } = error as { code?: unknown; stderr?: string; stdout?: string }
      if (code === 'ENOENT') {
        throw new CodexError(
          'no_git',
          'operational',
          'git is not installed. Install it, or go on without (--no-commit).',
        )
      }
      const said = (stderr || stdout).trim()
      throw new CodexError('git_failed', 'operational', `git ${args[0]} failed: ${said}`, { args, said })
    }
  }
  return git
}

export type Git = ReturnType<typeof createGit>

/** The files that the next commit adds or changes, by their path from `root`, each with what it will hold. */
export async function stagedFiles(root: string): Promise<Map<string, () => Promise<Buffer>>> {
  const names = await createGit(root)(
    'diff',
    '--cached',
    '--name-only',
    '--relative',
    '--diff-filter=ACMRT',
    '-z',
  )
  const read = async (name: string): Promise<Buffer> => {
    const { stdout } = await run('git', ['show', `:./${name}`], {
      cwd: root,
      encoding: 'buffer',
      maxBuffer: largest,
    })
    return stdout
  }
  return new Map(
    names
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => [name, () => read(name)]),
  )
}
