import type { Workspace } from '../workspace/workspace.ts'

export type CodexDeps = {
  workspace: Workspace
  now: () => Date
  newId: () => string
  /** Who acts: a person's or an agent's name, as it is to stand in the journal. */
  actor: () => string
  /** The session to speak for; this checkout's own when undefined, none when null. */
  session: string | null | undefined
}
