import { ToolboxError } from '../kernel/errors.ts'
import { validationFailed } from '../kernel/operation.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import { type Schemas, secretReference } from './schemas.ts'
import { settingsSchema, type Toolkit } from './toolkit.ts'

export interface ToolkitSettings {
  /** As operations get them: with defaults. Throws `operation_failed` when they don't fit the manifest's schema. */
  effective(toolkit: Toolkit): Readonly<Record<string, unknown>>
  /** Names of the secrets that the settings refer to: whoever may change them chose those. */
  secretNames(toolkit: Toolkit): ReadonlySet<string>
  /** Replaces them. Throws `validation_failed`, or `conflict` when `ifMatch` is not the version stored now. */
  replace(
    toolkit: Toolkit,
    settings: Readonly<Record<string, unknown>>,
    ifMatch: string | undefined,
  ): Promise<{ settings: Record<string, unknown>; version: number }>
}

interface Resolved {
  readonly version: number
  readonly settings: Readonly<Record<string, unknown>>
  readonly secretNames: ReadonlySet<string>
}

export function createToolkitSettings(active: ActiveToolkits, schemas: Schemas): ToolkitSettings {
  const resolved = new WeakMap<Toolkit, Resolved>()

  function resolve(toolkit: Toolkit): Resolved {
    const stored = active.storedSettings(toolkit.slug)
    const known = resolved.get(toolkit)
    if (known?.version === stored.version) return known
    const checked = schemas.check(settingsSchema(toolkit), stored.settings)
    if (!checked.ok) throw misfit(toolkit.slug, checked.errors)
    const settings = checked.value as Record<string, unknown>
    const next = { version: stored.version, settings, secretNames: namesIn(settings) }
    resolved.set(toolkit, next)
    return next
  }

  return {
    effective: (toolkit) => resolve(toolkit).settings,
    secretNames: (toolkit) => resolve(toolkit).secretNames,
    async replace(toolkit, settings, ifMatch) {
      const { slug } = toolkit
      const checked = schemas.check(settingsSchema(toolkit), settings)
      if (!checked.ok) {
        throw validationFailed(checked.errors.map(({ path, message }) => ({ path: joined(path), message })))
      }
      const before = active.storedSettings(slug).version
      const stored =
        !isOther(ifMatch, before) && (await active.putSettings({ slug, version: before + 1, settings }))
      if (!stored) throw movedOn(slug, active.storedSettings(slug).version)
      return { settings: { ...settings }, version: before + 1 }
    },
  }
}

function joined(path: string): string {
  return path === '' ? 'settings' : `settings.${path}`
}

/** `ifMatch` is an entity tag (`"3"`, `W/"3"`), the bare number, or `*` for any. */
function isOther(ifMatch: string | undefined, version: number): boolean {
  if (ifMatch === undefined || ifMatch === '*') return false
  return ifMatch.replace(/^W\//, '').replaceAll('"', '') !== String(version)
}

function movedOn(slug: string, currentVersion: number): ToolboxError {
  return new ToolboxError(
    'conflict',
    `The settings of ${slug} are at version ${currentVersion} by now. Read them again, and repeat your change on top.`,
    { currentVersion },
  )
}

function misfit(slug: string, errors: readonly { path: string; message: string }[]): ToolboxError {
  const [first] = errors
  return new ToolboxError(
    'operation_failed',
    `The settings of ${slug} don't fit: ${first?.path || 'the whole'} ${first?.message}. A toolkit.curator can set them (toolkits.putSettings).`,
    { toolkitCode: 'settings_invalid', errors },
  )
}

function namesIn(value: unknown): Set<string> {
  const names = new Set<string>()
  const visit = (part: unknown): void => {
    if (typeof part === 'string') {
      const name = secretReference.exec(part)?.[1]
      if (name) names.add(name)
    } else if (typeof part === 'object' && part !== null) {
      for (const field of Object.values(part)) visit(field)
    }
  }
  visit(value)
  return names
}
