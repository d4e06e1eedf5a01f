export interface Place {
  readonly start: number
  readonly end: number
}

export interface Segment {
  readonly start: number
  readonly text: string
  /** Which place it is of, from 0; null between places. */
  readonly place: number | null
}

/** Cuts a text at places that come in order and don't overlap. An empty place is a segment without text. */
export function segmentsOf(text: string, places: readonly Place[]): Segment[] {
  const segments: Segment[] = []
  let at = 0
  places.forEach(({ start, end }, place) => {
    if (start > at) segments.push({ start: at, text: text.slice(at, start), place: null })
    segments.push({ start, text: text.slice(start, end), place })
    at = end
  })
  if (at < text.length) segments.push({ start: at, text: text.slice(at), place: null })
  return segments
}

/** The places that are still right after the text was changed: those before the first change. */
export function stillRight<Found extends Place>(
  places: readonly Found[],
  before: string,
  now: string,
): readonly Found[] {
  if (before === now) return places
  let same = 0
  while (same < before.length && before[same] === now[same]) same++
  return places.filter(({ end }) => end <= same)
}
