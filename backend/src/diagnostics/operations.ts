import { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Diagnostics } from './diagnostics.ts'

export function createDiagnosticsOperations(diagnostics: Diagnostics): readonly Operation[] {
  return [bind(runtimeStatus, () => diagnostics.status())]
}
