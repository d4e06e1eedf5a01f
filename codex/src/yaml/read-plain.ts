import type { ScalarValue, YamlMap, YamlNode, YamlPair, YamlScalar } from './node.ts'
import { beginsPlain, resolvePlain } from './plain-scalar.ts'
import { flowReader } from './read-flow.ts'

const key = /([A-Za-z_][\w.-]*):(?=[ \n]|$)/y
const blockHeader = /[|>]-?(?=\s|$)/y
/** What this reader leaves to the full parser wherever it stands: tabs and other control characters, CR, byte-order mark, line separators. */
const foreign = /[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u

/**
 * Reads the plain style in which backlogs are written (block maps and lists, one-line flow collections, plain, quoted and
 * block scalars) several times faster than the full parser. It answers `undefined` as soon as it meets
 * anything else, be it valid YAML or not: then the full parser decides. What it does answer is what the full parser
 * would; `read-plain.test.ts` holds the two against each other.
 */
export function readPlain(text: string): YamlNode | undefined {
  if (foreign.test(text)) return undefined
  let at = 0
  let failed = false
  const flow = flowReader(text)

  const fail = (): undefined => {
    failed = true
    return undefined
  }
  const lineEnd = (from: number): number => {
    const found = text.indexOf('\n', from)
    return found === -1 ? text.length : found
  }
  const spaces = (from: number): number => {
    let end = from
    while (text.charCodeAt(end) === 32) end += 1
    return end - from
  }

  /** Moves `at` to the start of the next line that says something and gives its indentation; -1 at the end. */
  const seek = (): number => {
    while (at < text.length) {
      const indent = spaces(at)
      const first = text.charCodeAt(at + indent)
      if (first === 10) at += indent + 1
      else if (first === 35) at = lineEnd(at) + 1
      else if (Number.isNaN(first)) break
      else return indent
    }
    at = text.length
    return -1
  }

  /** Only a comment may follow a value on its line; moves to the next line. */
  const closeLine = (from: number): boolean => {
    const end = lineEnd(from)
    const gap = spaces(from)
    const rest = from + gap
    if (rest < end && !(text.charCodeAt(rest) === 35 && gap > 0)) return false
    at = end + 1
    return true
  }

  const scalar = (
    start: number,
    end: number,
    value: ScalarValue,
    style: YamlScalar['style'],
  ): YamlScalar => ({
    kind: 'scalar',
    value,
    style,
    start,
    end,
  })

  /** Lines after `at` that are indented deeper than the parent: the rest of a block or plain scalar. */
  const deeperLines = (parent: number): { from: number; indent: number; end: number }[] => {
    const lines: { from: number; indent: number; end: number }[] = []
    let from = at
    while (from < text.length) {
      const end = lineEnd(from)
      const indent = spaces(from)
      if (from + indent < end && indent <= parent) break
      lines.push({ from, indent, end })
      from = end + 1
    }
    return lines
  }
  const isBlank = (line: { from: number; indent: number; end: number } | undefined): boolean =>
    line === undefined || line.from + line.indent === line.end

  const readBlockScalar = (start: number, parent: number): YamlNode | undefined => {
    blockHeader.lastIndex = start
    const header = blockHeader.exec(text)
    if (!header || !closeLine(start + header[0].length)) return fail()
    const lines = deeperLines(parent)
    const first = lines.find((line) => !isBlank(line))
    if (!first) return fail()
    const contents: string[] = []
    for (const line of lines) {
      const blank = isBlank(line)
      if (blank ? line.indent > first.indent : line.indent < first.indent) return fail()
      const content = blank ? '' : text.slice(line.from + first.indent, line.end)
      if (header[0].startsWith('>') && /^ /.test(content)) return fail()
      contents.push(content)
    }
    while (contents.at(-1) === '') contents.pop()
    const last = lines[contents.length - 1]
    if (!last) return fail()
    at = last.end + 1
    const body = header[0].startsWith('|') ? contents.join('\n') : fold(contents)
    return scalar(start, last.end, header[0].endsWith('-') ? body : `${body}\n`, 'block')
  }

  const readPlainScalar = (start: number, parent: number): YamlNode | undefined => {
    const firstEnd = lineEnd(start)
    const line = text.slice(start, firstEnd)
    const comment = line.indexOf(' #')
    const commented = comment !== -1
    const first = (commented ? line.slice(0, comment) : line).trimEnd()
    if (!beginsPlain(first) || /:( |$)/.test(first)) return fail()
    at = firstEnd + 1
    const more = deeperLines(parent)
    while (more.length > 0 && isBlank(more.at(-1))) more.pop()
    if (more.length === 0) return scalar(start, start + first.length, resolvePlain(first), 'plain')
    const parts = [first]
    for (const line of more) {
      const part = text.slice(line.from, line.end).trim()
      if (commented || /^#|:( |$)| #/.test(part)) return fail()
      parts.push(part)
    }
    const last = more.at(-1)
    if (!last) return fail()
    at = last.end + 1
    const end = last.from + text.slice(last.from, last.end).trimEnd().length
    return scalar(start, end, resolvePlain(fold(parts)), 'plain')
  }

  /** A value that begins on this line, at `start`. */
  const readInline = (start: number, parent: number): YamlNode | undefined => {
    const first = text[start]
    if (first === '|' || first === '>') return readBlockScalar(start, parent)
    if (first !== '[' && first !== '{' && first !== '"' && first !== "'")
      return readPlainScalar(start, parent)
    const node = flow(start, lineEnd(start))
    if (!node || !closeLine(node.end)) return fail()
    return node
  }

  const readSeq = (indent: number): YamlNode | undefined => {
    const items: YamlNode[] = []
    const start = at + indent
    for (let next = indent; next === indent && isDash(at + indent); next = seek()) {
      const dash = at + indent
      const content = dash + 1 + spaces(dash + 1)
      const item = readAfter(dash + 1, content, indent, dash + 1)
      if (!item) return undefined
      items.push(item)
    }
    return items.length > 0
      ? { kind: 'seq', flow: false, items, start, end: items.at(-1)?.end ?? start }
      : fail()
  }
  const isDash = (offset: number): boolean =>
    text.charCodeAt(offset) === 45 &&
    (text.charCodeAt(offset + 1) === 32 || text.charCodeAt(offset + 1) === 10)

  /** The value after a dash: on the same line, as a map that begins there, or below. */
  const readAfter = (after: number, content: number, indent: number, empty: number): YamlNode | undefined => {
    if (content >= lineEnd(after) || text.charCodeAt(content) === 35)
      return readBelow(after, indent, empty, false)
    key.lastIndex = content
    if (key.test(text)) return readMap(content - startOf(content), content)
    if (isDash(content)) return fail()
    return readInline(content, indent)
  }
  const startOf = (offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1)

  /** The value on the lines below a key or a dash; nothing there is null. */
  const readBelow = (
    after: number,
    indent: number,
    empty: number,
    listsMayHang: boolean,
  ): YamlNode | undefined => {
    if (!closeLine(after)) return fail()
    const next = seek()
    if (next > indent || (listsMayHang && next === indent && isDash(at + next)))
      return readBlock(next, indent)
    return scalar(empty, empty, null, 'plain')
  }

  const readMap = (indent: number, firstKey: number): YamlNode | undefined => {
    const pairs: YamlPair[] = []
    const seen = new Set<string>()
    let keyAt = firstKey
    while (true) {
      key.lastIndex = keyAt
      const name = key.exec(text)?.[1]
      if (name === undefined || seen.has(name) || typeof resolvePlain(name) !== 'string') return fail()
      seen.add(name)
      const colon = keyAt + name.length
      const content = colon + 1 + spaces(colon + 1)
      const none = content >= lineEnd(colon) || text.charCodeAt(content) === 35
      const value = none ? readBelow(colon + 1, indent, colon + 1, true) : readInline(content, indent)
      if (!value) return undefined
      pairs.push({ key: scalar(keyAt, colon, name, 'plain'), value })
      if (seek() !== indent || isDash(at + indent)) break
      keyAt = at + indent
    }
    const map: YamlMap = {
      kind: 'map',
      flow: false,
      pairs,
      start: firstKey,
      end: pairs.at(-1)?.value.end ?? firstKey,
    }
    return map
  }

  const readBlock = (indent: number, parent: number): YamlNode | undefined => {
    if (isDash(at + indent)) return readSeq(indent)
    key.lastIndex = at + indent
    if (key.test(text)) return readMap(indent, at + indent)
    return parent === -1 ? fail() : readInline(at + indent, parent)
  }

  if (text.startsWith('---\n')) at = 4
  const indent = seek()
  if (indent === -1) return undefined
  const root = readBlock(indent, -1)
  return failed || !root || seek() !== -1 ? undefined : root
}

/** Lines of a folded or plain scalar become one text: a break is a space, an empty line is a break. */
function fold(lines: readonly string[]): string {
  let folded = lines[0] ?? ''
  let empty = folded === '' ? 1 : 0
  for (const line of lines.slice(1)) {
    if (line === '') empty += 1
    else {
      folded += (empty > 0 ? '\n'.repeat(empty) : folded === '' ? '' : ' ') + line
      empty = 0
    }
  }
  return folded
}
