import type { Finding } from '../text/finding.ts'
import { createGit } from '../workspace/git.ts'
import { findCheckout, paths, type Workspace } from '../workspace/workspace.ts'

/**
 * Whether what was committed of the sessions is still there. A chain shows what was altered or taken out of its middle; only
 * git knows of an end that was cut off, a file that is gone, or a chain that was sealed anew.
 */
export async function checkCommitted(workspace: Workspace): Promise<Finding[]> {
  if (!findCheckout(workspace.root)) return []
  const plain = ['--no-renames', '--no-ext-diff', '--no-textconv']
  const counts = await createGit(workspace.root)(
    ...['diff', '--numstat', '-z', '--relative', ...plain, 'HEAD', '--', paths.events],
  ).catch(() => '') // No commit so far, or no git: nothing to hold them against.
  return counts.split('\0').flatMap((line): Finding[] => {
    const [, removed = '0', file = ''] = line.split('\t')
    if (!(Number(removed) > 0)) return []
    const lines =
      removed === '1' ? 'A line that was committed is' : `${removed} lines that were committed are`
    return [
      {
        code: 'event_gone',
        severity: 'fatal',
        file,
        line: 1,
        column: 1,
        message: `${lines} gone or changed; sessions are only added to.`,
        fix: `bring it back: \`git restore --source=HEAD --staged --worktree ${file}\`.`,
      },
    ]
  })
}
