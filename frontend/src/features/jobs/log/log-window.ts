import type { LogLine } from '@sre-toolbox/contract/jobs'

const pageLines = 500
/** 30,000 lines at most are in memory, however long the log is. */
const mostPages = 60

/** The lines of one log that are near what is looked at; the rest is read when it comes into sight. */
export interface LogWindow {
  /** Lines in the whole log, as far as is known. */
  count(): number
  /** By its place, from 0; undefined while it is not read. */
  line(index: number): LogLine | undefined
  /** These are looked at: reads what is missing. */
  need(first: number, last: number): void
  /** New lines at the end, in order. */
  append(lines: readonly LogLine[]): void
  /** Hears of new lines when they are part of the log. */
  onAppend(listener: (lines: readonly LogLine[]) => void): () => void
  /** Why the last reading failed; null when it did not. */
  fault(): Error | null
  /** Reads again what was looked at last. */
  retry(): void
  subscribe(listener: () => void): () => void
  /** Changes with every change. */
  version(): number
}

type Read = (after: number, limit: number) => Promise<readonly LogLine[]>

/** Lines are numbered from 1 without gaps, so a line's place in the log tells its page. */
export function createLogWindow(read: Read, linesSoFar: number): LogWindow {
  const pages = new Map<number, LogLine[]>()
  const pending = new Set<number>()
  const listeners = new Set<() => void>()
  const appendListeners = new Set<(lines: readonly LogLine[]) => void>()
  let count = linesSoFar
  let version = 0
  let fault: Error | null = null
  let sight = { first: 0, last: 0 }

  function changed() {
    version++
    for (const listener of listeners) listener()
  }

  async function load(page: number) {
    pending.add(page)
    try {
      const lines = await read(page * pageLines, pageLines)
      const known = pages.get(page)
      if (!known || known.length < lines.length) pages.set(page, [...lines])
      fault = null
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error))
    }
    pending.delete(page)
    changed()
  }

  function forgetFarFrom(page: number) {
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - page) - Math.abs(a - page))
    for (const far of byDistance.slice(0, Math.max(0, pages.size - mostPages))) pages.delete(far)
  }

  function need(first: number, last: number) {
    sight = { first, last }
    for (let page = Math.floor(first / pageLines); page <= Math.floor(last / pageLines); page++) {
      const whole = Math.min(pageLines, count - page * pageLines)
      if ((pages.get(page)?.length ?? 0) < whole && !pending.has(page)) void load(page)
    }
    forgetFarFrom(Math.floor(first / pageLines))
  }

  return {
    count: () => count,
    line: (index) => pages.get(Math.floor(index / pageLines))?.[index % pageLines],
    need,
    retry: () => need(sight.first, sight.last),
    append(lines) {
      for (const line of lines) {
        const index = line.seq - 1
        const page = Math.floor(index / pageLines)
        const known = pages.get(page) ?? (index % pageLines === 0 ? [] : undefined)
        if (known?.length === index % pageLines) {
          known.push(line)
          pages.set(page, known)
        }
        count = Math.max(count, line.seq)
      }
      forgetFarFrom(Math.floor((count - 1) / pageLines))
      for (const listener of appendListeners) listener(lines)
      changed()
    },
    onAppend(listener) {
      appendListeners.add(listener)
      return () => appendListeners.delete(listener)
    },
    fault: () => fault,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
  }
}
