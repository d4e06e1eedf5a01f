import * as contract from '@sre-toolbox/contract/toolkits'
import { bind, type Operation, type RunContext, redacted } from '../kernel/operation.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import { toDetail, toSummary } from './describe.ts'
import type { ToolkitHosts, ToolkitStore } from './ports.ts'
import { redact } from './redact.ts'
import type { ToolkitSettings } from './settings.ts'
import { settingsSchema } from './toolkit.ts'

export interface ToolkitOperationsDeps {
  readonly active: ActiveToolkits
  readonly settings: ToolkitSettings
  readonly store: ToolkitStore
  readonly hosts: ToolkitHosts
}

/** Binds the contract's toolkit operations to their use cases. */
export function createToolkitOperations({
  active,
  settings,
  store,
  hosts,
}: ToolkitOperationsDeps): Operation[] {
  const switchTo = async (
    enabled: boolean,
    { slug, justification }: { slug: string; justification: string },
    { caller, note }: RunContext,
  ) => {
    const toolkit = active.get(slug)
    note(justification)
    await active.setEnabled({ slug, enabled, by: caller.name, justification })
    return { toolkit: toSummary(active, toolkit) }
  }

  const putSettings = bind(contract.putToolkitSettings, (input) =>
    settings.replace(active.get(input.slug), input.settings, input.ifMatch),
  )

  return [
    bind(contract.listToolkits, () => ({
      items: active.all.map((toolkit) => toSummary(active, toolkit)),
      nextCursor: null,
    })),
    bind(contract.getToolkit, async ({ slug }) => {
      const toolkit = active.get(slug)
      return { toolkit: toDetail(active, toolkit, await store.versions(slug), hosts.list()) }
    }),
    bind(contract.callToolkit, ({ slug, operation, input, idempotencyKey, reason }, context) =>
      context.run(`${slug}.${operation}`, input, {
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(reason && { reason }),
      }),
    ),
    bind(contract.enableToolkit, (input, context) => switchTo(true, input, context)),
    bind(contract.disableToolkit, (input, context) => switchTo(false, input, context)),
    bind(contract.getToolkitSettings, ({ slug }) => {
      const toolkit = active.get(slug)
      const stored = active.storedSettings(slug)
      return { settings: { ...stored.settings }, schema: settingsSchema(toolkit), version: stored.version }
    }),
    { ...putSettings, redact: (input) => redactSettings(active, putSettings.redact(input)) },
  ]
}

/** A value written where a reference belongs is refused, and must not be kept in the audit log either. */
function redactSettings(active: ActiveToolkits, input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('settings' in input)) return input
  const slug = 'slug' in input ? input.slug : undefined
  const toolkit = typeof slug === 'string' ? active.find(slug) : undefined
  return { ...input, settings: toolkit ? redact(settingsSchema(toolkit), input.settings) : redacted }
}
