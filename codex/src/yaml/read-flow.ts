import type { YamlNode, YamlPair, YamlScalar } from './node.ts'
import { beginsPlain, resolvePlain } from './plain-scalar.ts'

const single = /'((?:[^'\n]|'')*)'/y
const double = /"(?:[^"\\\n]|\\.)*"/y
const plainInFlow = /[^[\]{},:#"'\n\t]+/y
const flowKey = /([A-Za-z_][\w.-]*): */y

/** Reads quoted scalars and flow collections that end on their line; `undefined` for all else. */
export function flowReader(text: string) {
  const skip = (from: number): number => {
    let at = from
    while (text.charCodeAt(at) === 32) at += 1
    return at
  }

  const quoted = (start: number): YamlScalar | undefined => {
    const isSingle = text[start] === "'"
    const pattern = isSingle ? single : double
    pattern.lastIndex = start
    const found = pattern.exec(text)
    if (!found) return undefined
    const end = start + found[0].length
    if (isSingle) {
      return { kind: 'scalar', style: 'single', value: (found[1] ?? '').replaceAll("''", "'"), start, end }
    }
    const value = fromJson(found[0])
    return value === undefined ? undefined : { kind: 'scalar', style: 'double', value, start, end }
  }

  const plain = (start: number): YamlScalar | undefined => {
    plainInFlow.lastIndex = start
    const source = plainInFlow.exec(text)?.[0].trimEnd()
    if (!source || !beginsPlain(source)) return undefined
    const end = start + source.length
    return { kind: 'scalar', style: 'plain', value: resolvePlain(source), start, end }
  }

  const read = (start: number, limit: number): YamlNode | undefined => {
    if (start >= limit) return undefined
    const first = text[start]
    if (first === '[') return sequence(start, limit)
    if (first === '{') return mapping(start, limit)
    return first === '"' || first === "'" ? quoted(start) : plain(start)
  }

  /** Calls `item` between the brackets, commas between; gives the offset past the closing one. */
  const list = (
    start: number,
    close: string,
    item: (at: number) => number | undefined,
  ): number | undefined => {
    let at = skip(start + 1)
    if (text[at] === close) return at + 1
    while (true) {
      const end = item(at)
      if (end === undefined) return undefined
      at = skip(end)
      if (text[at] === close) return at + 1
      if (text[at] !== ',' || text[at + 1] !== ' ') return undefined
      at = skip(at + 1)
    }
  }

  const sequence = (start: number, limit: number): YamlNode | undefined => {
    const items: YamlNode[] = []
    const end = list(start, ']', (at) => {
      const item = read(at, limit)
      if (item) items.push(item)
      return item?.end
    })
    return end === undefined ? undefined : { kind: 'seq', flow: true, items, start, end }
  }

  const mapping = (start: number, limit: number): YamlNode | undefined => {
    const pairs: YamlPair[] = []
    const end = list(start, '}', (at) => {
      flowKey.lastIndex = at
      const [whole, name] = flowKey.exec(text) ?? []
      if (whole === undefined || name === undefined || !whole.endsWith(' ')) return undefined
      if (typeof resolvePlain(name) !== 'string' || pairs.some((pair) => pair.key.value === name))
        return undefined
      const value = read(at + whole.length, limit)
      if (!value) return undefined
      const key: YamlScalar = {
        kind: 'scalar',
        style: 'plain',
        value: name,
        start: at,
        end: at + name.length,
      }
      pairs.push({ key, value })
      return value.end
    })
    return end === undefined ? undefined : { kind: 'map', flow: true, pairs, start, end }
  }

  return read
}

/** JSON's escapes mean the same in YAML; whatever JSON does not know is left to the full parser. */
function fromJson(source: string): string | undefined {
  try {
    return JSON.parse(source) as string
  } catch {
    return undefined
  }
}
