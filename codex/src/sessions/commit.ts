import { existsSync } from 'node:fs'
import { CodexError, refuse } from '../kernel/errors.ts'
import type { Git } from '../workspace/git.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'

const memoryPaths = [paths.backlog, paths.progress, paths.journal, paths.events]
const withoutMemory = memoryPaths.map((path) => `:(exclude)${path}`)

/**
 * Refuses when changes lie about that the commit would leave behind, so that code and docs stay together. `all` takes them
 * along.
 */
export async function requireStaged(git: Git, all: boolean): Promise<void> {
  if (all) return
  const lines = (await git('status', '--porcelain=v1', '--', '.', ...withoutMemory)).split('\n')
  const left = lines.filter((line) => line !== '' && line[1] !== ' ').map((line) => line.slice(3))
  if (left.length > 0) {
    const message = `These changes are not staged: ${left.join(', ')}. Stage what belongs to the task (git add), or give --all or --no-commit.`
    throw refuse('unstaged_changes', message, { paths: left })
  }
}

/** The files that the commit will take along besides the memory, by their paths in the checkout. */
export async function filesToCommit(git: Git, all: boolean): Promise<string[]> {
  const staged = await git('diff', '--cached', '--name-only', '-z', '--', ...withoutMemory)
  const open = ['--modified', '--deleted', '--others', '--exclude-standard', '--full-name']
  const others = all ? await git('ls-files', '-z', ...open, '--', ':/', ...withoutMemory) : ''
  return [...new Set(`${staged}\0${others}`.split('\0'))].filter((path) => path !== '').sort()
}

/** Commits what is staged together with the memory; gives the commit's id. */
export async function commitWithMemory(
  workspace: Workspace,
  git: Git,
  message: string,
  all: boolean,
): Promise<string> {
  try {
    const memory = memoryPaths.filter((path) => existsSync(workspace.at(path)))
    await git('add', '--', ...memory)
    if (all) await git('add', '--all')
    await git('commit', '--quiet', '--message', message)
    return await git('rev-parse', 'HEAD')
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const advice = 'The task is recorded as done; commit the staged changes by hand.'
    throw new CodexError('commit_failed', 'operational', `${said}\n${advice}`)
  }
}
