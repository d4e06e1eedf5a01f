import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EventBus } from '../kernel/event-bus.ts'
import type { RegisteredWorkspace } from './ports.ts'

export interface Changes {
  /** Announces that this process changed the workspace. */
  announce(workspace: RegisteredWorkspace): Promise<void>
  /** Announces the workspaces whose files somebody else changed since the last look. */
  look(workspaces: readonly RegisteredWorkspace[]): Promise<void>
}

/** Every write to the codex's files shows in one of these, and so does another branch. */
const watched = [
  'docs/TODO.yaml',
  'ai/state/progress.json',
  'ai/state/journal.md',
  'ai/state/events',
  '.git/HEAD',
]

/**
 * Looks at a handful of files now and then: that costs microseconds, and sees what comes over a network file system or
 * from another process as well.
 */
export function createChanges(events: EventBus): Changes {
  const marks = new Map<string, string>()
  return {
    async announce({ id, directory }) {
      marks.set(id, await markOf(directory))
      events.publish('codex', { workspaceId: id })
    },
    async look(workspaces) {
      const known = new Set(workspaces.map(({ id }) => id))
      for (const id of marks.keys()) if (!known.has(id)) marks.delete(id)
      for (const { id, directory } of workspaces) {
        const mark = await markOf(directory)
        const before = marks.get(id)
        marks.set(id, mark)
        if (before !== undefined && before !== mark) events.publish('codex', { workspaceId: id })
      }
    },
  }
}

async function markOf(directory: string): Promise<string> {
  const stamps = watched.map((path) =>
    stat(join(directory, path), { bigint: true }).then(
      ({ mtimeNs, size, ino }) => `${mtimeNs}/${size}/${ino}`,
      () => 'absent',
    ),
  )
  return (await Promise.all(stamps)).join(' ')
}
