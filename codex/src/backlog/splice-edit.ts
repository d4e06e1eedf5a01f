import { refuse } from '../kernel/errors.ts'
import { endOfLine, lineBreak, startOfLine } from '../text/position.ts'
import { pairOf, type YamlMap, type YamlSeq } from '../yaml/node.ts'
import { renderFlow, renderPairs, type Writable } from '../yaml/render.ts'
import { appendItem, columnOf, insertLines, removeKey, type Splice, setKey } from '../yaml/splice.ts'
import type { NewItem } from './edit.ts'

/** Sets or removes one key. */
export function spliceKey(text: string, map: YamlMap, key: string, value: Writable | undefined): Splice[] {
  if (value !== undefined) return [setKey(text, map, key, value)]
  const removal = removeKey(text, map, key)
  return removal ? [removal] : []
}

/** Adds a map to the end of the list under `key`, in the style of the list. */
export function spliceNewItem(text: string, owner: YamlMap, key: string, item: NewItem): Splice[] {
  const pair = pairOf(owner, key)
  const newline = lineBreak(text)
  const list = pair?.value
  if (owner.flow || (list?.kind === 'seq' && list.flow && list.items.length > 0)) {
    return list?.kind === 'seq'
      ? [appendItem(text, list, renderFlow(item))]
      : [setKey(text, owner, key, [item])]
  }
  const column = list?.kind === 'seq' && !list.flow ? columnOf(text, list) : columnOf(text, owner) + 2
  const lines = `${' '.repeat(column)}- ${renderPairs(Object.entries(item), { inFlow: false, indent: column + 2, newline })}`
  if (!pair) {
    const last = owner.pairs.at(-1)?.value.end ?? owner.end
    return [insertLines(text, last, `${' '.repeat(columnOf(text, owner))}${key}:${newline}${lines}`)]
  }
  if (list?.kind === 'seq' && !list.flow) return [insertLines(text, list.end, lines)]
  // An empty list, written `[]` or not at all, turns into a block list; a comment behind it stays.
  const emptied = { start: text.indexOf(':', pair.key.end) + 1, end: pair.value.end, insert: '' }
  return [insertLines(text, pair.value.end, lines), emptied]
}

/** Removes an item with its lines. Comments above it stay. */
export function spliceRemoval(text: string, owner: YamlMap, key: string, index: number): Splice[] {
  const list = blockList(owner, key)
  const { start, end } = linesOf(text, list, index, false)
  if (list.items.length > 1) return [{ start, end, insert: '' }]
  const colon = text.indexOf(':', pairOf(owner, key)?.key.end ?? 0) + 1
  return [
    { start, end, insert: '' },
    { start: colon, end: colon, insert: ' []' },
  ]
}

/** Moves an item, and the comments right above it, before another one or to the end. */
export function spliceMove(text: string, owner: YamlMap, key: string, from: number, to: number): Splice[] {
  const list = blockList(owner, key)
  if (from === to || from + 1 === to) return []
  const moved = linesOf(text, list, from, true)
  const source = text.slice(moved.start, moved.end)
  const target = to < list.items.length ? linesOf(text, list, to, true).start : endOfLine(text, list.end)
  if (!source.endsWith('\n') || (target > 0 && text[target - 1] !== '\n')) {
    throw noLastLineBreak()
  }
  const cut = { ...moved, insert: '' }
  const paste = { start: target, end: target, insert: source }
  return moved.start > target ? [cut, paste] : [paste, cut]
}

type Place = { owner: YamlMap; index: number }

/** Moves an item, and the comments right above it, into the list of another map, at that list's indentation. */
export function spliceTransfer(text: string, key: string, from: Place, to: Place): Splice[] {
  const list = blockList(from.owner, key)
  const { start, end } = linesOf(text, list, from.index, true)
  const lines = text.slice(start, end)
  if (!lines.endsWith('\n')) throw noLastLineBreak()
  const cut: Splice[] = [{ start, end, insert: '' }]
  if (list.items.length === 1) {
    const colon = text.indexOf(':', pairOf(from.owner, key)?.key.end ?? 0) + 1
    cut.push({ start: colon, end: colon, insert: ' []' })
  }
  const paste = spliceLines(text, key, to, (column) => shift(lines, column - columnOf(text, list)))
  // From the end of the text to its start, so that none moves the place of another.
  return [...cut, ...paste].sort((a, b) => b.start - a.start)
}

/** Puts whole lines into a list; they are asked for by the column of the list's dashes. */
function spliceLines(
  text: string,
  key: string,
  { owner, index }: Place,
  linesAt: (column: number) => string,
): Splice[] {
  const pair = pairOf(owner, key)
  const list = pair?.value
  if (list?.kind === 'seq' && list.items.length > 0) {
    const items = blockList(owner, key)
    const at =
      index < items.items.length ? linesOf(text, items, index, true).start : endOfLine(text, items.end)
    if (text[at - 1] !== '\n') throw noLastLineBreak()
    return [{ start: at, end: at, insert: linesAt(columnOf(text, items)) }]
  }
  if (owner.flow) throw inOneLine(key)
  const lines = linesAt(columnOf(text, owner) + 2)
  if (!pair) {
    const last = endOfLine(text, owner.pairs.at(-1)?.value.end ?? owner.end)
    if (text[last - 1] !== '\n') throw noLastLineBreak()
    return [
      {
        start: last,
        end: last,
        insert: `${' '.repeat(columnOf(text, owner))}${key}:${lineBreak(text)}${lines}`,
      },
    ]
  }
  const at = endOfLine(text, pair.value.end)
  if (text[at - 1] !== '\n') throw noLastLineBreak()
  const emptied = { start: text.indexOf(':', pair.key.end) + 1, end: pair.value.end, insert: '' }
  return [{ start: at, end: at, insert: lines }, emptied]
}

/** Lines so many columns further right, or left where they all have that room. */
function shift(lines: string, by: number): string {
  if (by >= 0) return lines.replace(/^(?=[^\r\n])/gm, ' '.repeat(by))
  const room = new RegExp(`^ {${-by}}`)
  return lines
    .split('\n')
    .map((line) => {
      if (room.test(line)) return line.slice(-by)
      if (line.trim() === '') return line
      throw refuse(
        'indentation',
        'A line of the task stands further left than the others. Make this change by hand.',
      )
    })
    .join('\n')
}

function noLastLineBreak() {
  return refuse('no_last_line_break', 'The file does not end with a line break. Add one and try again.')
}

function inOneLine(key: string) {
  return refuse('flow_style', `\`${key}\` is written in one line with brackets. Make this change by hand.`)
}

function blockList(owner: YamlMap, key: string): YamlSeq {
  const list = pairOf(owner, key)?.value
  if (list?.kind !== 'seq' || list.flow) {
    throw inOneLine(key)
  }
  return list
}

/** The whole lines of an item; with `comments`, those above it down from the item before. */
function linesOf(
  text: string,
  list: YamlSeq,
  index: number,
  comments: boolean,
): { start: number; end: number } {
  const item = list.items[index]
  if (!item) throw refuse('not_found', 'There is no such item.')
  let start = startOfLine(text, text.lastIndexOf('-', item.start - 1))
  while (comments && start > 0) {
    const above = startOfLine(text, start - 1)
    if (!text.slice(above, start).trimStart().startsWith('#')) break
    start = above
  }
  return { start, end: endOfLine(text, item.end) }
}
