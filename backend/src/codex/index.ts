export { type Codex, type CodexDeps, createCodex } from './codex.ts'
export { createCodexOperations } from './operations.ts'
