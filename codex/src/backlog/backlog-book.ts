import { refuse } from '../kernel/errors.ts'
import { sha256 } from '../kernel/sha256.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { readMemory } from '../memory/memory.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import type { Backlog } from './backlog.ts'
import type { Edit } from './edit.ts'

export type BacklogDeps = { workspace: Workspace; now: () => Date }

/** The backlog as callers use it: read with its version, edited only where the version still holds if they ask so. */
export function createBacklogBook({ workspace, now }: BacklogDeps) {
  return {
    async read(): Promise<{ backlog: Backlog; text: string; version: string }> {
      const { backlog } = await readMemory(workspace)
      return { backlog: backlog.backlog, text: backlog.text, version: sha256(backlog.text) }
    },

    /** Writes all edits or none; answers with the new version. */
    async edit(edits: readonly Edit[], ifVersion?: string): Promise<{ version: string }> {
      const { backlogText } = await changeMemory(workspace, now(), async ({ backlog }) => {
        const version = sha256(backlog.text)
        if (ifVersion !== undefined && ifVersion !== version) {
          const message = `${paths.backlog} was changed since you read it. Read it again and repeat your edit.`
          throw refuse('changed_meanwhile', message, { path: paths.backlog, version })
        }
        return { edits }
      })
      return { version: sha256(backlogText) }
    },
  }
}
