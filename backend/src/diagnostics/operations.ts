import { compareSpecifiers, listLoadFailures, reportLoadFailure } from '@sre-toolbox/contract/diagnostics'
import { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { bind, type Operation } from '../kernel/operation.ts'
import { createCompareSpecifiers } from './compare-specifiers.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { LoadFailures } from './load-failures.ts'
import type { ToolkitUis } from './ports.ts'

export interface DiagnosticsOperationsDeps {
  readonly diagnostics: Diagnostics
  readonly loadFailures: LoadFailures
  readonly uis: ToolkitUis
}

export function createDiagnosticsOperations(deps: DiagnosticsOperationsDeps): readonly Operation[] {
  const compare = createCompareSpecifiers(deps.uis)
  return [
    bind(runtimeStatus, () => deps.diagnostics.status()),
    bind(reportLoadFailure, async (input, { caller }) => ({
      failure: await deps.loadFailures.report(input, caller.name),
    })),
    bind(listLoadFailures, (input) => deps.loadFailures.list(input)),
    bind(compareSpecifiers, ({ slug }) => compare(slug)),
  ]
}
