import type { ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'
import type { ManifestOperation, ToolkitManifest } from '@sre-toolbox/sdk/manifest'
import type { HostedCode } from './ports.ts'

/** A toolkit version whose manifest holds and whose code is in place. */
export interface Toolkit {
  readonly slug: string
  readonly manifest: ToolkitManifest
  readonly code: HostedCode
  /** Came with the product. */
  readonly bundled: boolean
  /** The directory it was read from. */
  readonly source: string
  readonly operations: ReadonlyMap<string, ManifestOperation>
  /** What it adds to the codex. */
  readonly additions: ToolkitAdditions
}

export function toToolkit(
  manifest: ToolkitManifest,
  code: HostedCode,
  from: Pick<Toolkit, 'bundled' | 'source' | 'additions'>,
): Toolkit {
  const operations = new Map(manifest.operations.map((operation) => [operation.id, operation]))
  return { slug: manifest.slug, manifest, code, ...from, operations }
}

/** The schema of a toolkit that takes no settings. */
const noSettings = { type: 'object', additionalProperties: false } as const

export function settingsSchema({ manifest }: Toolkit) {
  return manifest.settings ?? noSettings
}
