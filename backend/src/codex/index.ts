export { type Codex, type CodexDeps, createCodex } from './codex.ts'
export { createCodexOperations } from './operations.ts'
export type { RegisteredWorkspace, WorkspaceStore } from './ports.ts'
