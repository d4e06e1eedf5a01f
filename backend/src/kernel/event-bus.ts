/** What the product announces while it works. Names and shapes of the global event stream. */
export interface ToolboxEvents {
  /** A job's row changed. */
  job: { jobId: string; revision: number; status: string }
  /** Progress that is not stored yet; the row follows. */
  progress: { jobId: string; progress: unknown }
  /** Log lines of a job are durable up to `seq`. */
  log: { jobId: string; seq: number }
  /** A toolkit was enabled, disabled, or its health changed. */
  toolkit: { slug: string }
  /** A schedule was made, changed, removed, or was due. */
  schedule: { scheduleId: string }
  /** A workspace's files changed, or it was registered or forgotten. */
  codex: { workspaceId: string }
}

export type EventName = keyof ToolboxEvents

export interface EventBus {
  publish<Name extends EventName>(name: Name, event: ToolboxEvents[Name]): void
  /** Returns what ends the subscription. */
  subscribe<Name extends EventName>(name: Name, listener: (event: ToolboxEvents[Name]) => void): () => void
}

/** Delivers within this process, in order, at once. A listener that throws never harms the publisher. */
export function createEventBus(onListenerError: (error: unknown) => void): EventBus {
  const listeners = new Map<EventName, Set<(event: never) => void>>()
  return {
    publish(name, event) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          listener(event as never)
        } catch (error) {
          onListenerError(error)
        }
      }
    },
    subscribe(name, listener) {
      const group = listeners.get(name) ?? new Set()
      listeners.set(name, group)
      group.add(listener)
      return () => group.delete(listener)
    },
  }
}
