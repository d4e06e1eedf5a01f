import type { Addition } from '../journal/append-entry.ts'
import { refuse } from '../kernel/errors.ts'
import { sha256 } from '../kernel/sha256.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { type Memory, readMemory } from '../memory/memory.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import type { Backlog } from './backlog.ts'
import type { Edit } from './edit.ts'

export type BacklogDeps = { workspace: Workspace; now: () => Date }

/** Another one means that something in the file changed. */
export function versionOf(text: string): string {
  return sha256(text)
}

/** The backlog as callers use it: read with its version, edited only where the version still holds if they ask so. */
export function createBacklogBook({ workspace, now }: BacklogDeps) {
  return {
    async read(): Promise<{ backlog: Backlog; text: string; version: string }> {
      const { backlog } = await readMemory(workspace)
      return { backlog: backlog.backlog, text: backlog.text, version: versionOf(backlog.text) }
    },

    /**
     * Writes all edits, and what they say in the journal, or none of it; answers with the new version. `prepare` sees the
     * backlog under the lock as it is before: it says what goes into the journal, or refuses by throwing.
     */
    async edit(
      edits: readonly Edit[] | ((memory: Memory) => readonly Edit[]),
      ifVersion?: string,
      prepare?: (memory: Memory) => Addition | undefined,
    ): Promise<{ version: string }> {
      const { backlogText } = await changeMemory(workspace, now(), async (memory) => {
        const version = versionOf(memory.backlog.text)
        if (ifVersion !== undefined && ifVersion !== version) {
          const message = `${paths.backlog} was changed since you read it. Read it again and repeat your edit.`
          throw refuse('changed_meanwhile', message, { path: paths.backlog, version })
        }
        const journal = prepare?.(memory)
        const wanted = typeof edits === 'function' ? edits(memory) : edits
        return journal ? { edits: wanted, journal } : { edits: wanted }
      })
      return { version: versionOf(backlogText) }
    },
  }
}
