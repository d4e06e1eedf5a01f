import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CodexError } from '../kernel/errors.ts'

const run = promisify(execFile)

/** Runs git in a directory and gives what it prints. */
export function createGit(root: string) {
  const git = async (...args: string[]): Promise<string> => {
    try {
      const { stdout } = await run('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
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
