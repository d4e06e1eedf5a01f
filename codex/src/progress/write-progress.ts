import type { Backlog } from '../backlog/backlog.ts'
import type { History } from '../events/read-history.ts'
import { deriveProgress } from './derive-progress.ts'

/**
 * The source of the snapshot as it should be. Keys that this package does not know stay, and so do the lines of
 * `blockers` that speak of no task and no area.
 */
export function renderProgress(
  before: string | undefined,
  raw: Record<string, unknown>,
  history: History,
  backlog: Backlog,
): string {
  const areas = new Set(backlog.areas.map((area) => area.id))
  const foreign = (Array.isArray(raw.blockers) ? raw.blockers : []).filter((line) => {
    const [, ofArea, ofTask] = /^(?:area ([^\s:]+)|(.+?)\/[^\s:]+): /.exec(String(line)) ?? []
    return !areas.has(ofArea ?? ofTask ?? '')
  })
  const progress = { ...raw, ...deriveProgress(history, backlog) }
  const whole = { version: 1, ...progress, blockers: [...progress.blockers, ...foreign] }
  const indent = /^\{\r?\n([ \t]+)/.exec(before ?? '')?.[1] ?? '  '
  return `${JSON.stringify(whole, null, indent)}\n`
}
