import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import type { Finding } from '../text/finding.ts'
import { positionAt } from '../text/position.ts'
import type { ScalarValue, YamlNode, YamlScalar } from './node.ts'
import { faultOf, unsupported } from './yaml-fault.ts'

export type ReadYaml = { node: YamlNode | undefined; findings: Finding[] }

/** Reads any YAML with places; what an edit could not treat safely (anchors, aliases, tags) is a finding. */
export function readFull(text: string, file: string): ReadYaml {
  const document = parseDocument(text, {
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'error',
    merge: false,
  })
  const findings: Finding[] = []
  const report = (offset: number, fault: { code: string; message: string; fix: string }): void => {
    findings.push({ ...fault, severity: 'fatal', file, ...positionAt(text, offset) })
  }
  // One fault makes the parser stumble over what follows: the first one is the one to tell.
  const [first] = [...document.errors, ...document.warnings] as YAMLError[]
  if (first) {
    report(placeOf(first, text), faultOf(first))
    return { node: undefined, findings }
  }
  visit(document, (_key, node) => {
    if (!isNode(node)) return
    const start = node.range?.[0] ?? 0
    if (isAlias(node)) report(start, unsupported.alias(node.source))
    else if (node.anchor) report(text.lastIndexOf(`&${node.anchor}`, start), unsupported.anchor(node.anchor))
    else if (node.tag) report(text.slice(0, start).search(/![^\s]*\s*$/), unsupported.tag(node.tag))
  })
  if (findings.length > 0) return { node: undefined, findings }
  return { node: document.contents ? convert(document.contents, text) : undefined, findings }
}

/** An open quote is told where it opens, not where the text ends. */
function placeOf(error: YAMLError, text: string): number {
  const quote = /closing (["'])quote/.exec(error.message)?.[1]
  return quote ? text.lastIndexOf(quote, error.pos[0] - 1) : error.pos[0]
}

function convert(node: ParsedNode, text: string): YamlNode {
  const [start, valueEnd] = node.range
  if (isMap(node)) {
    const pairs = node.items.map((pair) => {
      const key = convert(pair.key as ParsedNode, text) as YamlScalar
      const value = pair.value ? convert(pair.value as ParsedNode, text) : nothing(key.end)
      return { key, value: isNothing(value) ? nothing(text.indexOf(':', key.end) + 1) : value }
    })
    const flow = node.flow === true
    return { kind: 'map', flow, pairs, start, end: flow ? valueEnd : (pairs.at(-1)?.value.end ?? valueEnd) }
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => {
      const value = convert(item as ParsedNode, text)
      return isNothing(value) ? nothing(text.lastIndexOf('-', value.start) + 1) : value
    })
    const flow = node.flow === true
    return { kind: 'seq', flow, items, start, end: flow ? valueEnd : (items.at(-1)?.end ?? valueEnd) }
  }
  if (!isScalar(node)) return nothing(start)
  const style = scalarStyle(node.type)
  const source = text.slice(start, valueEnd)
  const end = start + source.replace(style === 'block' ? /(\r?\n[ \t]*)+$/ : /\s+$/, '').length
  return { kind: 'scalar', value: node.value as ScalarValue, style, start, end }
}

/** An empty value has no place of its own: it is put right behind its colon or dash. */
function isNothing(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.start === node.end
}

function nothing(offset: number): YamlScalar {
  return { kind: 'scalar', value: null, style: 'plain', start: offset, end: offset }
}

function scalarStyle(type: string | undefined): YamlScalar['style'] {
  if (type === 'QUOTE_SINGLE') return 'single'
  if (type === 'QUOTE_DOUBLE') return 'double'
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL' ? 'block' : 'plain'
}
