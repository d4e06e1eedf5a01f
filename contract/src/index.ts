import { auditOperations } from './audit.ts'

import { codexOperations } from './codex.ts'
import { codexFactsOperations } from './codex-facts.ts'
import { codexPromptOperations } from './codex-prompts.ts'
import { codexRunOperations } from './codex-runs.ts'
import { dashboardOperations } from './dashboard.ts'
import { diagnosticsOperations } from './diagnostics.ts'
import { documentationOperations } from './documentation.ts'
import { identityOperations } from './identity.ts'
import { jobOperations } from './jobs.ts'
import type { OperationDeclaration } from './operation.ts'
import { runtimeOperations } from './runtime.ts'
import { scheduleOperations } from './schedules.ts'
import { secretOperations } from './secrets.ts'
import { toolkitOperations } from './toolkits.ts'
import { viewOperations } from './views.ts'

export type { Problem } from './common.ts'
export type { InputOf, Method, OperationDeclaration, OutputOf } from './operation.ts'
export { pathParameters } from './operation.ts'
export type { Access, Effect, Role } from './roles.ts'
export { holdsRole, roles } from './roles.ts'

/** Every core operation of the product, in the order the reference shows them. */
export const operations: readonly OperationDeclaration[] = [
  ...jobOperations,
  ...scheduleOperations,
  ...toolkitOperations,
  ...identityOperations,
  ...secretOperations,
  ...auditOperations,
  ...documentationOperations,
  ...runtimeOperations,
  ...diagnosticsOperations,
  ...viewOperations,
  ...codexOperations,
  ...codexFactsOperations,
  ...codexPromptOperations,
  ...dashboardOperations,
  ...codexRunOperations,
]
