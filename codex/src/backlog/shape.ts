import type { Finding } from '../text/finding.ts'
import { positionAt } from '../text/position.ts'
import { pairOf, type YamlMap, type YamlNode } from '../yaml/node.ts'

type Fault = Omit<Finding, 'file' | 'line' | 'column'>

/** Reads typed values out of a YAML tree; what has the wrong type is reported at its place and takes its default. */
export function createShape(text: string, file: string) {
  const findings: Finding[] = []
  const report = (offset: number, fault: Fault): void => {
    findings.push({ ...fault, file, ...positionAt(text, offset) })
  }
  const wrongType = (node: YamlNode, name: string, wanted: string): void =>
    report(node.start, {
      code: 'wrong_type',
      severity: 'fatal',
      message: `\`${name}\` is ${nameOf(node)}, not ${wanted}.`,
      fix: `write ${wanted}.`,
    })

  const value = (map: YamlMap, key: string): YamlNode | undefined => {
    const node = pairOf(map, key)?.value
    return node && !(node.kind === 'scalar' && node.value === null) ? node : undefined
  }

  const text_ = (map: YamlMap, key: string): string | undefined => {
    const node = value(map, key)
    if (!node) return undefined
    if (node.kind === 'scalar') return String(node.value)
    wrongType(node, key, 'text')
    return undefined
  }

  const oneOf = <const T extends string>(map: YamlMap, key: string, allowed: readonly T[]): T | undefined => {
    const node = value(map, key)
    const found = text_(map, key)
    if (!node || found === undefined) return undefined
    const known = allowed.find((each) => each === found)
    if (!known) {
      report(node.start, {
        code: `unknown_${key}`,
        severity: 'fatal',
        message: `${key} \`${found}\` is not known.`,
        fix: `write ${allowed.join(', ')}.`,
      })
    }
    return known
  }

  const list = (map: YamlMap, key: string): readonly YamlNode[] => {
    const node = value(map, key)
    if (!node) return []
    if (node.kind === 'seq') return node.items
    wrongType(node, key, 'a list')
    return []
  }

  return { findings, report, wrongType, text: text_, oneOf, list }
}

export type Shape = ReturnType<typeof createShape>

function nameOf(node: YamlNode): string {
  if (node.kind === 'map') return 'a map'
  if (node.kind === 'seq') return 'a list'
  if (node.value === null) return 'empty'
  return typeof node.value === 'string' ? 'text' : `the ${typeof node.value} ${node.value}`
}
