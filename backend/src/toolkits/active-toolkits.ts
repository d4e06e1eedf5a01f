import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { StoredHealth, StoredSettings, ToolkitStore } from './ports.ts'
import type { Toolkit } from './toolkit.ts'

/** The toolkits in use, with what people and checks said of them; a view of the store that costs nothing to ask. */
export interface ActiveToolkits {
  readonly all: readonly Toolkit[]
  find(slug: string): Toolkit | undefined
  /** Throws `not_found`. */
  get(slug: string): Toolkit
  isEnabled(slug: string): boolean
  storedSettings(slug: string): StoredSettings
  health(slug: string): StoredHealth | null
  setEnabled(slug: string, enabled: boolean): Promise<void>
  /** False when `settings.version` is not one more than what is stored. */
  putSettings(settings: StoredSettings): Promise<boolean>
  putHealth(health: StoredHealth): Promise<void>
  /** Reads the store again, where another process may have written. */
  refresh(): Promise<void>
}

export interface ActiveToolkitsDeps {
  readonly store: ToolkitStore
  readonly events: EventBus
  readonly clock: Clock
}

export async function createActiveToolkits(
  toolkits: readonly Toolkit[],
  { store, events, clock }: ActiveToolkitsDeps,
): Promise<ActiveToolkits> {
  const bySlug = new Map(toolkits.map((toolkit) => [toolkit.slug, toolkit]))
  const disabled = new Set<string>()
  const settings = new Map<string, StoredSettings>()
  const health = new Map<string, StoredHealth>()

  function rememberEnabled(slug: string, enabled: boolean): void {
    if (enabled) disabled.delete(slug)
    else disabled.add(slug)
  }

  async function refresh(): Promise<void> {
    const [states, allSettings, allHealth] = await Promise.all([
      store.states(),
      store.settings(),
      store.health(),
    ])
    for (const { slug, enabled } of states) rememberEnabled(slug, enabled)
    for (const stored of allSettings) settings.set(stored.slug, stored)
    for (const stored of allHealth) health.set(stored.slug, stored)
  }

  const addedAt = clock.now()
  for (const { slug, code } of toolkits) {
    await store.addVersion(slug, { version: code.version, digest: code.digest, addedAt })
  }
  await refresh()

  return {
    all: toolkits,
    find: (slug) => bySlug.get(slug),
    get(slug) {
      const toolkit = bySlug.get(slug)
      if (toolkit) return toolkit
      throw new ToolboxError(
        'not_found',
        `No toolkit is called ${slug}. \`toolbox toolkits list\` shows all there are.`,
      )
    },
    isEnabled: (slug) => !disabled.has(slug),
    storedSettings: (slug) => settings.get(slug) ?? { slug, version: 0, settings: {} },
    health: (slug) => health.get(slug) ?? null,
    async setEnabled(slug, enabled) {
      await store.setEnabled(slug, enabled, clock.now())
      rememberEnabled(slug, enabled)
      events.publish('toolkit', { slug })
    },
    async putSettings(next) {
      const stored = await store.putSettings(next, clock.now())
      if (stored) settings.set(next.slug, next)
      else await refresh()
      return stored
    },
    async putHealth(next) {
      const before = health.get(next.slug)
      await store.putHealth(next)
      health.set(next.slug, next)
      if (before?.status !== next.status || before.message !== next.message) {
        events.publish('toolkit', { slug: next.slug })
      }
    },
    refresh,
  }
}
