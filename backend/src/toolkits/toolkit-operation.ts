import type { ManifestOperation } from '@sre-toolbox/sdk/manifest'
import { ToolboxError } from '../kernel/errors.ts'
import { type Operation, validationFailed } from '../kernel/operation.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import { answerCall } from './answered-call.ts'
import type { HostedRunsDeps } from './hosted-runs.ts'
import type { SubmitJob } from './ports.ts'
import { redact } from './redact.ts'
import type { Toolkit } from './toolkit.ts'

export interface ToolkitOperationDeps extends HostedRunsDeps {
  readonly active: ActiveToolkits
  readonly submitJob: SubmitJob
}

/** An operation of a toolkit, as the runner knows operations. */
export function toOperation(
  deps: ToolkitOperationDeps,
  toolkit: Toolkit,
  operation: ManifestOperation,
): Operation {
  const id = `${toolkit.slug}.${operation.id}`
  return {
    id,
    access: operation.role,
    effect: operation.effect,
    delegates: false,
    toolkit: toolkit.slug,
    parse(input) {
      const checked = deps.schemas.check(operation.input, input)
      if (checked.ok) return checked.value
      throw validationFailed(checked.errors)
    },
    redact: (input) => redact(operation.input, input),
    async run(input, context) {
      if (!deps.active.isEnabled(toolkit.slug)) throw disabled(toolkit.slug)
      if (operation.mode === 'call') {
        if (context.submission.asJob) throw notAJob(id, operation.id)
        return answerCall(deps, { toolkit, operation, input }, context)
      }
      return deps.submitJob(
        {
          toolkit: toolkit.slug,
          operation: operation.id,
          version: toolkit.code.version,
          input,
          idempotent: operation.idempotent,
          timeoutMs: operation.timeoutSeconds * 1000,
        },
        context,
      )
    },
  }
}

export function disabled(slug: string): ToolboxError {
  return new ToolboxError(
    'toolkit_disabled',
    `The toolkit ${slug} is disabled. Someone with the role toolkit.curator can enable it: \`toolbox toolkits enable ${slug}\`.`,
    { requiredRole: 'toolkit.curator' },
  )
}

function notAJob(id: string, operation: string): ToolboxError {
  return validationFailed([
    {
      path: 'operation',
      message: `${operation} answers at once and is no job: call ${id} itself (\`toolbox call ${id}\`)`,
    },
  ])
}
