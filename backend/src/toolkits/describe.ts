import type { OperationFact } from '@sre-toolbox/contract/codex-facts'
import type { ToolkitDetail, ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { toInstant, toInstantOrNull } from '../kernel/clock.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import type { HostInfo, ToolkitVersion } from './ports.ts'
import type { Toolkit } from './toolkit.ts'
import { uiUrl } from './ui-files.ts'

/** A toolkit as lists show it. */
export function toSummary(active: ActiveToolkits, { slug, manifest, bundled }: Toolkit): ToolkitSummary {
  const health = active.health(slug)
  const latest = active.latestSwitch(slug)
  return {
    slug,
    name: manifest.name,
    description: manifest.description,
    version: manifest.version,
    enabled: active.isEnabled(slug),
    switched: latest && { by: latest.by, why: latest.justification, at: toInstant(latest.at) },
    bundled,
    health: {
      status: health?.status ?? 'unknown',
      message: health?.message ?? (manifest.health ? null : 'It declares no health check.'),
      checkedAt: toInstantOrNull(health?.checkedAt ?? null),
    },
    operations: manifest.operations.length,
    hasUi: manifest.ui !== undefined,
  }
}

export function toDetail(
  active: ActiveToolkits,
  toolkit: Toolkit,
  versions: readonly ToolkitVersion[],
  hosts: readonly HostInfo[],
): ToolkitDetail {
  const { slug, manifest, code } = toolkit
  return {
    ...toSummary(active, toolkit),
    manifest,
    uiUrl: uiUrl(toolkit),
    versions: versions.map(({ version, digest, addedAt }) => ({
      version,
      digest,
      active: digest === code.digest,
      addedAt: toInstant(addedAt),
    })),
    operationList: toOperationViews(toolkit),
    hosts: hosts
      .filter((host) => host.slug === slug)
      .map((host) => ({
        slug,
        version: host.version,
        pid: host.pid,
        startedAt: toInstant(host.startedAt),
        residentBytes: host.residentBytes,
        running: host.running,
        restarts: host.restarts,
        lastExit: host.lastExit,
      })),
  }
}

export type ToolkitOperationView = ToolkitDetail['operationList'][number]

export function toOperationViews({
  slug,
  manifest,
}: Pick<Toolkit, 'slug' | 'manifest'>): ToolkitOperationView[] {
  return manifest.operations.map((operation) => ({
    id: `${slug}.${operation.id}`,
    operation: operation.id,
    title: operation.title,
    description: operation.description,
    mode: operation.mode,
    effect: operation.effect,
    role: operation.role,
    idempotent: operation.idempotent,
    timeoutSeconds: operation.timeoutSeconds,
    concurrency: operation.concurrency ?? null,
    input: operation.input,
    output: operation.output,
  }))
}

/** An operation, as prompts may speak of it. */
export function toFact({ id, title, role, effect, input }: ToolkitOperationView): OperationFact {
  const { properties = {} } = input as { properties?: Record<string, unknown> }
  const toolkit = id.slice(0, id.indexOf('.'))
  return { id, title, access: role, effect, inputs: Object.keys(properties), toolkit }
}
