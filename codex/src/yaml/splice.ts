import { refuse } from '../kernel/errors.ts'
import { endOfLine, lineBreak, startOfLine } from '../text/position.ts'
import { pairOf, plainValue, type YamlMap, type YamlNode, type YamlSeq } from './node.ts'
import { renderFlow, renderScalar, renderValue, type Writable } from './render.ts'

/** Replaces `start`..`end` of the source. */
export type Splice = { start: number; end: number; insert: string }

export function applySplice(text: string, splice: Splice): string {
  return text.slice(0, splice.start) + splice.insert + text.slice(splice.end)
}

/** Sets one key of a map. Only that key's line or lines change. */
export function setKey(text: string, map: YamlMap, key: string, value: Writable): Splice {
  const pair = pairOf(map, key)
  if (!pair) return addKey(text, map, key, value)
  const old = pair.value
  const place = placeOf(text, map)
  if (isScalar(value) && old.kind === 'scalar' && old.start !== old.end && old.style !== 'block') {
    const insert = renderScalar(value, { ...place, indent: place.indent + 2 }, old.style)
    return { start: old.start, end: old.end, insert }
  }
  const step = Array.isArray(value) && old.kind === 'seq' ? listStep(text, old, value) : undefined
  if (step) return step
  const hasLines = old.kind !== 'scalar' && !old.flow
  refuseComments(text.slice(old.start, hasLines ? endOfLine(text, old.end) : old.end))
  const insert = map.flow ? ` ${renderFlow(value)}` : renderValue(value, place)
  return { start: afterColon(text, pair.key.end), end: old.end, insert }
}

function isScalar(value: Writable): value is string | number | boolean | null {
  return value === null || typeof value !== 'object'
}

/** Removes one key with its lines; `undefined` when the map has no such key. */
export function removeKey(text: string, map: YamlMap, key: string): Splice | undefined {
  const index = map.pairs.findIndex((pair) => pair.key.value === key)
  const pair = map.pairs[index]
  if (!pair) return undefined
  if (map.flow)
    return removeFromFlow(
      map.pairs.map(({ key, value }) => ({ start: key.start, end: value.end })),
      index,
    )
  const start = startOfLine(text, pair.key.start)
  if (text.slice(start, pair.key.start).trim() !== '') {
    throw refuse('cannot_remove', `\`${key}\` stands on the line that opens its item. Remove it by hand.`)
  }
  return { start, end: endOfLine(text, pair.value.end), insert: '' }
}

/** Adds an item to a list in the list's own style. */
export function appendItem(text: string, list: YamlSeq, item: string): Splice {
  const last = list.items.at(-1)
  if (list.flow || !last) {
    const close = list.end - 1
    return { start: last?.end ?? close, end: close, insert: last ? `, ${item}` : item }
  }
  const column = list.start - startOfLine(text, list.start)
  return insertLines(text, last.end, `${' '.repeat(column)}- ${item}`)
}

/** Whole lines after the line that holds `offset`; the last line of a file gets the break it lacks. */
export function insertLines(text: string, offset: number, lines: string): Splice {
  const newline = lineBreak(text)
  const at = endOfLine(text, offset)
  const ended = at > 0 && text[at - 1] === '\n'
  return { start: at, end: at, insert: ended ? lines + newline : newline + lines }
}

/** The column at which a block map's keys stand. */
export function columnOf(text: string, node: YamlNode): number {
  return node.start - startOfLine(text, node.start)
}

function addKey(text: string, map: YamlMap, key: string, value: Writable): Splice {
  const last = map.pairs.at(-1)
  if (map.flow || !last) {
    const pair = `${key}: ${renderFlow(value)}`
    return last
      ? { start: last.value.end, end: last.value.end, insert: `, ${pair}` }
      : { start: map.start, end: map.end, insert: `{ ${pair} }` }
  }
  const place = placeOf(text, map)
  return insertLines(text, last.value.end, `${' '.repeat(place.indent)}${key}:${renderValue(value, place)}`)
}

/** One item more, one less or one that says something else is one line; any other change rewrites the list. */
function listStep(text: string, list: YamlSeq, next: readonly Writable[]): Splice | undefined {
  const old = list.items.map((item) => JSON.stringify(plainValue(item)))
  const wanted = next.map((item) => JSON.stringify(item))
  const added = wanted.at(-1)
  if (
    added !== undefined &&
    wanted.length === old.length + 1 &&
    old.every((each, index) => each === wanted[index])
  ) {
    return appendItem(text, list, renderFlow(next.at(-1) ?? null))
  }
  const removed = old.findIndex((each, index) => each !== wanted[index])
  if (wanted.length === old.length && removed !== -1) {
    const others = old.some((each, index) => index > removed && each !== wanted[index])
    return others ? undefined : replaceItem(text, list, removed, next[removed] ?? null)
  }
  if (wanted.length !== old.length - 1 || wanted.length === 0) return undefined
  if (removed === -1 || old.slice(removed + 1).some((each, index) => each !== wanted[removed + index]))
    return undefined
  if (list.flow) return removeFromFlow(list.items, removed)
  const item = list.items[removed]
  if (!item) return undefined
  const start = startOfLine(text, text.lastIndexOf('-', item.start))
  if (text.slice(start, item.start).trim() !== '-') return undefined
  return { start, end: endOfLine(text, item.end), insert: '' }
}

/** Puts another scalar in an item's place, or sets the one key in which a map differs. */
function replaceItem(text: string, list: YamlSeq, index: number, value: Writable): Splice | undefined {
  const item = list.items[index]
  if (item?.kind === 'scalar' && isScalar(value) && item.style !== 'block') {
    const place = { inFlow: list.flow, indent: columnOf(text, item), newline: lineBreak(text) }
    return { start: item.start, end: item.end, insert: renderScalar(value, place, item.style) }
  }
  if (item?.kind !== 'map' || isScalar(value) || Array.isArray(value)) return undefined
  const wanted = Object.entries(value)
  const changed = wanted.filter(([key, each]) => {
    const old = pairOf(item, key)
    return !old || JSON.stringify(plainValue(old.value)) !== JSON.stringify(each)
  })
  const [only] = changed
  return only && changed.length === 1 && wanted.length === item.pairs.length && pairOf(item, only[0])
    ? setKey(text, item, only[0], only[1])
    : undefined
}

function removeFromFlow(items: readonly { start: number; end: number }[], index: number): Splice {
  const item = items[index]
  const next = items[index + 1]
  const before = items[index - 1]
  if (!item) throw refuse('cannot_remove', 'There is no such item.')
  if (next) return { start: item.start, end: next.start, insert: '' }
  return { start: before?.end ?? item.start, end: item.end, insert: '' }
}

function placeOf(text: string, map: YamlMap): { inFlow: boolean; indent: number; newline: string } {
  return { inFlow: map.flow, indent: columnOf(text, map), newline: lineBreak(text) }
}

function afterColon(text: string, keyEnd: number): number {
  return text.indexOf(':', keyEnd) + 1
}

/** A value is replaced whole only where no comment would go with it. */
function refuseComments(source: string): void {
  if (/(^|\s)#/m.test(source)) {
    throw refuse(
      'comment_in_the_way',
      'A comment stands inside the value that would be replaced. Make this change by hand.',
    )
  }
}
