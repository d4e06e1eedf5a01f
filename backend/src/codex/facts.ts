import type { Facts, TenantFact } from '@sre-toolbox/contract/codex-facts'
import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import type { Diagnostics } from '../diagnostics/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { toInstant } from '../kernel/clock.ts'
import { type ToolkitOperationView, toFact } from '../toolkits/index.ts'

export interface CodexFacts {
  read(): Promise<Facts>
}

export interface CodexFactsDeps {
  readonly clock: Clock
  /** Where browsers reach the installation, when that was told. */
  readonly address: string | null
  readonly diagnostics: Diagnostics
  readonly toolkits: {
    summaries(): readonly ToolkitSummary[]
    /** Of all toolkits, those that are disabled among them. */
    declared(): readonly ToolkitOperationView[]
    readonly faults: readonly unknown[]
  }
}

/** What prompts may speak of, as this installation is now. */
export function createCodexFacts({ clock, address, diagnostics, toolkits }: CodexFactsDeps): CodexFacts {
  // Loaded when first asked for, so that nothing waits for it at the start.
  let declared: Promise<Facts> | null = null
  const load = async () => (await import('@sre-toolbox/codex/prompts')).builtInFacts()

  return {
    async read() {
      const { version, roles, parts } = await diagnostics.status()
      const all = toolkits.summaries()
      declared ??= load()
      const given = await declared
      const tenant: TenantFact = {
        version,
        address,
        processRoles: roles,
        notices: [
          ...(address === null
            ? ['FRONTEND_BASE_URL is not set: reports can name pages, and no full addresses.']
            : []),
          ...(toolkits.faults.length > 0
            ? [`${toolkits.faults.length} toolkit bundles could not be used; the log says why.`]
            : []),
          ...all.filter(({ enabled }) => !enabled).map(({ slug }) => `The toolkit ${slug} is disabled.`),
        ],
        degraded: [
          ...parts
            .filter(({ status }) => status !== 'healthy')
            .map(({ name, status, message }) => ({ kind: 'part' as const, name, status, message })),
          ...all
            .filter(({ enabled, health }) => enabled && ['degraded', 'unhealthy'].includes(health.status))
            .map(({ slug, health: { status, message } }) => ({
              kind: 'toolkit' as const,
              name: slug,
              status,
              message,
            })),
        ],
      }
      return {
        ...given,
        takenAt: toInstant(clock.now()),
        tenant,
        operations: [...given.operations, ...toolkits.declared().map(toFact)],
        toolkits: all.map(({ slug, name, version: own, enabled, health }) => ({
          slug,
          name,
          version: own,
          enabled,
          health,
        })),
      }
    },
  }
}
