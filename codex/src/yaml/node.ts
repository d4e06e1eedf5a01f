export type ScalarValue = string | number | boolean | null

/** Offsets into the source: `start` is the first character of the value, `end` is just past its last. */
type Placed = { start: number; end: number }

export type YamlScalar = Placed & {
  kind: 'scalar'
  value: ScalarValue
  style: 'plain' | 'single' | 'double' | 'block'
}
export type YamlPair = { key: YamlScalar; value: YamlNode }
export type YamlMap = Placed & { kind: 'map'; flow: boolean; pairs: YamlPair[] }
export type YamlSeq = Placed & { kind: 'seq'; flow: boolean; items: YamlNode[] }
export type YamlNode = YamlScalar | YamlMap | YamlSeq

/** The plain value of a node. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'seq') return node.items.map(plainValue)
  return Object.fromEntries(node.pairs.map((pair) => [String(pair.key.value), plainValue(pair.value)]))
}

export function pairOf(map: YamlMap, key: string): YamlPair | undefined {
  return map.pairs.find((pair) => pair.key.value === key)
}
