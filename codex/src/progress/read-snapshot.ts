import { readText, refuseFatal } from '../memory/memory.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import type { Progress } from './progress.ts'
import { readProgress } from './read-progress.ts'

/** The snapshot as it stands on disk; `sessions` are read from their own files. */
export async function readSnapshot(workspace: Workspace): Promise<Omit<Progress, 'sessions'>> {
  const { progress, findings } = await readProgress(
    readText(workspace, paths.progress) ?? '{}',
    paths.progress,
  )
  refuseFatal('progress_unreadable', findings)
  return progress as Progress
}
