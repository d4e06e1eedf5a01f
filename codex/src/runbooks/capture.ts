import { isDeepStrictEqual } from 'node:util'
import type { Capture } from '../tasks/task.ts'
import { fill, lookUp, type Scope } from './template.ts'

/** The part of an answer that goes into the report; null where there is none. */
export function captureFrom({ from, where, pick }: Capture, scope: Scope): unknown {
  const found = fill(from, scope)
  if (found === undefined || found === null) return null
  const wanted = fill(where ?? {}, scope) as Record<string, unknown>
  if (Array.isArray(found)) {
    return found.filter((item) => fits(item, wanted)).map((item) => picked(item, pick))
  }
  return fits(found, wanted) ? picked(found, pick) : null
}

function fits(item: unknown, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([path, value]) => {
    const found = lookUp(item, path)
    return Array.isArray(value) ? value.includes(found) : isDeepStrictEqual(found, value)
  })
}

function picked(item: unknown, pick: Capture['pick']): unknown {
  if (!pick) return item
  const places = Array.isArray(pick) ? pick.map((path) => [path, path] as const) : Object.entries(pick)
  return Object.fromEntries(places.map(([name, path]) => [name, lookUp(item, path) ?? null]))
}
