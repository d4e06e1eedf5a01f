import type { Database } from '../adapters/sql/database.ts'
import { type Codex, type CodexDeps, createCodex } from '../codex/index.ts'
import { createWorkspaceStore } from '../codex/store.sql.ts'
import type { Config } from './config.ts'
import { toolboxCommand } from './product.ts'

/** Wires the codex. */
export function composeCodex(
  deps: Pick<CodexDeps, 'events' | 'clock' | 'ids' | 'library' | 'additions' | 'offers' | 'environment'> & {
    config: Config
    database: Database
  },
): Codex {
  const { config, database, ...rest } = deps
  return createCodex({
    ...rest,
    store: createWorkspaceStore(database),
    ownDirectories: [config.dataDirectory, config.toolkitStorageDirectory],
    command: [process.execPath, toolboxCommand],
  })
}
