import { backlogOperations } from './codex/backlog.ts'
import { libraryOperations } from './codex/library.ts'
import { memoryOperations } from './codex/memory.ts'
import { sessionOperations } from './codex/sessions.ts'
import { workspaceOperations } from './codex/workspaces.ts'

export * from './codex/backlog.ts'
export * from './codex/library.ts'
export * from './codex/memory.ts'
export * from './codex/sessions.ts'
export * from './codex/workspaces.ts'

/**
 * Backlog, sessions and journal of registered workspaces. Who may use the product may read and work on tasks; the
 * backlog itself is edited by curators; workspaces are registered by superusers.
 */
export const codexOperations = [
  ...workspaceOperations,
  ...backlogOperations,
  ...sessionOperations,
  ...memoryOperations,
  ...libraryOperations,
] as const
