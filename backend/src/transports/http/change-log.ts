import type { EventBus, ToolboxEvents } from '../../kernel/event-bus.ts'
import { createTicker } from './ticker.ts'

/** The last change of each of the last thousand things that changed, numbered. */
export interface ChangeLog {
  /** The number of the newest change. */
  readonly position: number
  readonly version: number
  /** Oldest first; null when changes after `position` were forgotten. */
  since(position: number): readonly Change[] | null
  changed(version: number): Promise<void>
  refresh(): void
  close(): void
}

export interface Change {
  readonly position: number
  readonly name: 'job' | 'toolkit' | 'schedule' | 'codex'
  /** JSON text. */
  readonly json: string
}

interface Entry {
  readonly position: number
  readonly name: Change['name']
  readonly event: ToolboxEvents[Change['name']]
}

export function createChangeLog(events: EventBus, capacity: number, tickMs: number): ChangeLog {
  /** By what changed, the latest change last. */
  const entries = new Map<string, Entry>()
  let position = 0
  let forgotten = 0
  let lastRead: { from: number; to: number; changes: readonly Change[] } | null = null
  const ticker = createTicker(tickMs, () => {})

  function record(key: string, name: Entry['name'], event: Entry['event']) {
    position++
    entries.delete(key)
    entries.set(key, { position, name, event })
    if (entries.size > capacity) {
      const [oldest] = entries
      if (oldest) {
        forgotten = oldest[1].position
        entries.delete(oldest[0])
      }
    }
    ticker.touch()
  }

  const unsubscribe = [
    events.subscribe('job', (event) => record(event.jobId, 'job', event)),
    events.subscribe('toolkit', (event) => record(event.slug, 'toolkit', event)),
    events.subscribe('schedule', (event) => record(event.scheduleId, 'schedule', event)),
    events.subscribe('codex', (event) => record(event.workspaceId, 'codex', event)),
  ]

  return {
    get position() {
      return position
    },
    get version() {
      return ticker.version
    },
    since(from) {
      if (from < forgotten) return null
      if (lastRead?.from === from && lastRead.to === position) return lastRead.changes
      const changes = [...entries.values()]
        .filter((entry) => entry.position > from)
        .map((entry) => ({ position: entry.position, name: entry.name, json: JSON.stringify(entry.event) }))
      lastRead = { from, to: position, changes }
      return changes
    },
    changed: (version) => ticker.after(version),
    refresh: () => ticker.touch(),
    close() {
      for (const end of unsubscribe) end()
      ticker.stop()
    },
  }
}
