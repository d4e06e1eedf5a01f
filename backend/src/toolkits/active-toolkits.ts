import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { StoredHealth, StoredSettings, StoredSwitch, ToolkitStore } from './ports.ts'
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
  /** Null when nobody ever enabled or disabled it. */
  latestSwitch(slug: string): StoredSwitch | null
  setEnabled(next: Omit<StoredSwitch, 'at'>): Promise<void>
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
  const switches = new Map<string, StoredSwitch>()
  const settings = new Map<string, StoredSettings>()
  const health = new Map<string, StoredHealth>()

  async function refresh(): Promise<void> {
    const [states, allSettings, allHealth] = await Promise.all([
      store.states(),
      store.settings(),
      store.health(),
    ])
    for (const stored of states) switches.set(stored.slug, stored)
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
    isEnabled: (slug) => switches.get(slug)?.enabled ?? true,
    latestSwitch: (slug) => switches.get(slug) ?? null,
    storedSettings: (slug) => settings.get(slug) ?? { slug, version: 0, settings: {} },
    health: (slug) => health.get(slug) ?? null,
    async setEnabled(next) {
      const stored = { ...next, at: clock.now() }
      await store.setEnabled(stored)
      switches.set(next.slug, stored)
      events.publish('toolkit', { slug: next.slug })
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
