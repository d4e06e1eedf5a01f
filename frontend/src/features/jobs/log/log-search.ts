import type { LogLine } from '@sre-toolbox/contract/jobs'
import type { LogWindow } from './log-window.ts'

/** The server looks at so much of a log at once and says from where to go on. */
export type SearchPage = (after: number) => Promise<{ items: readonly LogLine[]; nextCursor: string | null }>

/** A search that goes through a log from its start, and then on with what is written to it. */
export interface LogSearch {
  found(): readonly LogLine[]
  searchedTo(): number
  /** Nothing is left to search, for now. */
  isThrough(): boolean
  /** It has stopped, because more would not be looked at. */
  isFull(): boolean
  fault(): Error | null
  /** Goes on until the returned function is called. */
  start(): () => void
  /** Goes on after a fault. */
  retry(): void
  subscribe(listener: () => void): () => void
  version(): number
}

export function createLogSearch(
  log: Pick<LogWindow, 'count' | 'onAppend'>,
  searchFrom: SearchPage,
  fits: (line: LogLine) => boolean,
  mostFound = 10_000,
): LogSearch {
  const found: LogLine[] = []
  const listeners = new Set<() => void>()
  let searchedTo = 0
  let through = false
  let fault: Error | null = null
  let version = 0
  let run = 0

  const isFull = () => found.length >= mostFound
  function changed() {
    version++
    for (const listener of listeners) listener()
  }

  async function search(mine: number) {
    through = false
    fault = null
    while (!isFull()) {
      // What is in the log before the question is part of the answer.
      const known = log.count()
      const page = await searchFrom(searchedTo)
      if (run !== mine) return
      found.push(...page.items)
      searchedTo = Math.max(searchedTo, page.items.at(-1)?.seq ?? 0, Number(page.nextCursor ?? known))
      through = page.nextCursor === null && log.count() <= searchedTo
      changed()
      if (through) return
    }
    changed()
  }

  function go() {
    const mine = ++run
    search(mine).catch((error: unknown) => {
      if (run !== mine) return
      fault = error instanceof Error ? error : new Error(String(error))
      changed()
    })
  }

  return {
    found: () => found,
    searchedTo: () => searchedTo,
    isThrough: () => through,
    isFull,
    fault: () => fault,
    start() {
      go()
      const off = log.onAppend((lines) => {
        // While the search is on its way, it comes to these lines by itself.
        if (!through || isFull()) return
        if ((lines[0]?.seq ?? 0) > searchedTo + 1) return go()
        const fresh = lines.filter(({ seq }) => seq > searchedTo)
        found.push(...fresh.filter(fits))
        searchedTo = fresh.at(-1)?.seq ?? searchedTo
        changed()
      })
      return () => {
        off()
        run++
      }
    },
    retry: go,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
  }
}
