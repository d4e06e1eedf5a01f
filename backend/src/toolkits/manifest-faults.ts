import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { JsonSchema, ManifestOperation, ToolkitManifest } from '@sre-toolbox/sdk/manifest'
import satisfies from 'semver/functions/satisfies.js'
import isVersion from 'semver/functions/valid.js'
import isRange from 'semver/ranges/valid.js'
import { holdsSecretWithin } from './redact.ts'
import type { Schemas } from './schemas.ts'

export interface ManifestSurroundings {
  readonly schemas: Schemas
  /** SemVer of the product. */
  readonly productVersion: string
  /** Slugs that core operations use as the first part of their ids. */
  readonly reserved: ReadonlySet<string>
  /** Where the bundle lies. */
  readonly directory: string
}

/** All that is wrong with a manifest of the right shape. */
export function manifestFaults(manifest: ToolkitManifest, around: ManifestSurroundings): string[] {
  return [
    ...versionFaults(manifest, around.productVersion),
    ...(around.reserved.has(manifest.slug)
      ? [`the slug ${manifest.slug} is taken by operations of the product: choose another`]
      : []),
    ...fileFaults(manifest, around.directory),
    ...duplicates(manifest.operations.map(({ id }) => id)).map((id) => `operation ${id} is declared twice`),
    ...manifest.operations.flatMap((operation) => operationFaults(operation, around.schemas)),
    ...settingsFaults(manifest.settings, around.schemas),
    ...referenceFaults(manifest),
  ]
}

function versionFaults({ version, toolbox }: ToolkitManifest, productVersion: string): string[] {
  if (!isVersion(version)) return [`version: ${version} is not a SemVer version`]
  if (isRange(toolbox) === null) return [`toolbox: ${toolbox} is not a SemVer range`]
  if (satisfies(productVersion, toolbox, { includePrerelease: true })) return []
  return [`toolbox: it runs on SRE Toolbox ${toolbox}, and this is ${productVersion}`]
}

function fileFaults(manifest: ToolkitManifest, directory: string): string[] {
  const { server, ui } = manifest
  // The interface itself is built from what lies here, and may be missing until then.
  const named = (['server', 'docs'] as const).flatMap((field) => {
    const path = manifest[field]
    return path === undefined || existsSync(join(directory, path)) ? [] : [`${field}: there is no ${path}`]
  })
  if (ui !== undefined && (!ui.includes('/') || server?.startsWith(`${posix.dirname(ui)}/`))) {
    named.push('ui: browsers are given all of its directory: put it into one of its own, such as dist/ui/')
  }
  const serves = manifest.operations.length === 0 || server !== undefined
  return serves ? named : [...named, 'server: is required, because there are operations']
}

function operationFaults(operation: ManifestOperation, schemas: Schemas): string[] {
  const at = `operation ${operation.id}`
  const faults = [
    ...schemas.faults(operation.input).map((fault) => `${at}: input: ${fault}`),
    ...schemas.faults(operation.output).map((fault) => `${at}: output: ${fault}`),
  ]
  if (operation.input.type !== 'object') faults.push(`${at}: input: the schema's type must be object`)
  // The input of a job is stored and shown with it.
  if (operation.mode === 'job' && holdsSecretWithin(operation.input)) {
    faults.push(`${at}: input: a job can't take secret values; take a name (format: secret) instead`)
  }
  return faults
}

function settingsFaults(schema: JsonSchema | undefined, schemas: Schemas): string[] {
  if (schema === undefined) return []
  const faults = schemas.faults(schema).map((fault) => `settings: ${fault}`)
  if (schema.type !== 'object') faults.push("settings: the schema's type must be object")
  if (holdsSecretWithin(schema)) {
    faults.push("settings: they can't hold secret values; take a name (format: secret) instead")
  }
  return faults
}

function referenceFaults({ operations, health, dashboardCards = [] }: ToolkitManifest): string[] {
  const readsAtOnce = (id: string) =>
    operations.some(
      (operation) => operation.id === id && operation.mode === 'call' && operation.effect === 'read',
    )
  const faults = dashboardCards
    .filter((card) => !readsAtOnce(card.operation))
    .map(
      (card) =>
        `dashboard card ${card.id}: ${card.operation} is not an operation of mode call and effect read`,
    )
  if (health && !readsAtOnce(health.operation)) {
    faults.push(`health: ${health.operation} is not an operation of mode call and effect read`)
  }
  return faults
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
