import type { ToolkitStore } from '@sre-toolbox/sdk'
import type { PointsByPart } from './keep-sample.ts'
import type { Status } from './sample.ts'
import { hours, itemsOf, keyAt, minutes } from './series.ts'

export interface TimelineInput {
  readonly resolution: 'minute' | 'hour'
  /** ISO 8601. */
  readonly since?: string
}

/** For so long nothing changed. */
export interface Span {
  /** ISO 8601. */
  readonly from: string
  readonly to: string
  /** Unknown where no sample was taken, as while the product stood still. */
  readonly status: Status | 'unknown'
}

export interface PartTimeline {
  readonly name: string
  /** In order, without holes. */
  readonly spans: readonly Span[]
}

const stepMs = { minute: 60_000, hour: 3_600_000 }
/** Samples come once a minute, give or take: a part is unknown only when some of them are missing. */
const patience = 2.5

/** How each part was, as stretches of the same status: much shorter than its points. */
export async function readTimeline(
  { resolution, since }: TimelineInput,
  store: ToolkitStore,
): Promise<{ parts: PartTimeline[] }> {
  const series = resolution === 'minute' ? minutes : hours
  const step = stepMs[resolution]
  const first = since === undefined ? series.prefix : keyAt(series, new Date(since).toISOString())
  const byPart = new Map<string, Stretch[]>()
  for await (const { key, value } of itemsOf(store, series.prefix)) {
    if (key < first) continue
    for (const [name, { at, status }] of Object.entries(value as PointsByPart)) {
      const stretches = byPart.get(name) ?? []
      byPart.set(name, stretches)
      extend(stretches, Date.parse(at), status, step)
    }
  }
  return { parts: [...byPart].map(([name, stretches]) => ({ name, spans: stretches.map(toSpan) })) }
}

interface Stretch {
  readonly from: number
  to: number
  readonly status: Span['status']
}

function extend(stretches: Stretch[], at: number, status: Status, step: number): void {
  const last = stretches.at(-1)
  const isHole = last !== undefined && at - last.to > (patience - 1) * step
  if (last && isHole) stretches.push({ from: last.to, to: at, status: 'unknown' })
  else if (last) last.to = at
  const open = stretches.at(-1)
  if (open?.status === status) open.to = at + step
  else stretches.push({ from: at, to: at + step, status })
}

function toSpan({ from, to, status }: Stretch): Span {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), status }
}
