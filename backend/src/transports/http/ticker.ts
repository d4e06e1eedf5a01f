/**
 * Gathers what happens within a few milliseconds into one wake-up, so that a burst of events costs its watchers one
 * read instead of many.
 */
export interface Ticker {
  /** Counts the wake-ups. */
  readonly version: number
  /** Something happened: wakes at the end of the tick. */
  touch(): void
  /** Resolves at the first wake-up after `version`, at once when there was one. */
  after(version: number): Promise<void>
  stop(): void
}

export function createTicker(tickMs: number, onWake: () => void): Ticker {
  let version = 0
  let next = Promise.withResolvers<void>()
  let timer: NodeJS.Timeout | null = null

  function wake() {
    timer = null
    version++
    const { resolve } = next
    next = Promise.withResolvers<void>()
    onWake()
    resolve()
  }

  return {
    get version() {
      return version
    },
    touch() {
      timer ??= setTimeout(wake, tickMs)
    },
    after: (seen) => (seen === version ? next.promise : Promise.resolve()),
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
