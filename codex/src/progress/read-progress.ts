import { createShape, type Shape } from '../backlog/shape.ts'
import type { Finding } from '../text/finding.ts'
import { positionAt } from '../text/position.ts'
import { conflictMarkers } from '../text/read-text.ts'
import { plainValue, type YamlMap, type YamlNode } from '../yaml/node.ts'
import type { Progress } from './progress.ts'

export type ReadProgress = {
  progress: Progress | undefined
  raw: Record<string, unknown>
  findings: Finding[]
}

/** Reads a snapshot; what is missing has its default, unknown keys are kept in `raw`. */
export async function readProgress(text: string, file: string): Promise<ReadProgress> {
  const conflicts = conflictMarkers(text, file)
  if (conflicts.length > 0) return { progress: undefined, raw: {}, findings: conflicts }
  const source = text.replace(/^\ufeff/, '')
  let raw: Record<string, unknown>
  try {
    raw = JSON.parse(source) as Record<string, unknown>
  } catch (error) {
    return { progress: undefined, raw: {}, findings: [malformed(source, file, error as Error)] }
  }
  // JSON is YAML: the tree gives every value its place.
  const { readFull } = await import('../yaml/read-full.ts')
  const { node, findings } = readFull(source, file)
  if (!node) return { progress: undefined, raw: {}, findings }
  const shape = createShape(source, file)
  const progress = node.kind === 'map' ? readMap(node, shape) : undefined
  if (!progress) shape.wrongType(node, 'progress', 'an object')
  const bad = shape.findings.length > 0
  return { progress: bad ? undefined : progress, raw: bad ? {} : raw, findings: shape.findings }
}

function readMap(map: YamlMap, shape: Shape): Progress {
  const text = (key: string): string | null => shape.text(map, key) ?? null
  const count = (key: string, missing: number): number => {
    const node = map.pairs.find((pair) => pair.key.value === key)?.value
    if (!node) return missing
    if (node.kind === 'scalar' && Number.isSafeInteger(node.value) && Number(node.value) >= 0)
      return Number(node.value)
    shape.wrongType(node, key, 'a whole number, 0 or more')
    return missing
  }
  return {
    last_updated: text('last_updated'),
    session_counter: count('session_counter', 0),
    active_task: text('active_task'),
    why: text('why'),
    last_task_id: text('last_task_id'),
    recent_updates: shape.list(map, 'recent_updates').flatMap((item) => updateOf(item, shape) ?? []),
    blockers: shape.list(map, 'blockers').map((item) => textOf(item)),
    sessions: [],
  }
}

function updateOf(item: YamlNode, shape: Shape): Progress['recent_updates'][number] | undefined {
  if (item.kind !== 'map') {
    shape.wrongType(item, 'recent_updates', 'a list of objects')
    return undefined
  }
  const at = shape.text(item, 'at')
  const known = {
    task_id: shape.text(item, 'task_id') ?? '',
    status: shape.text(item, 'status') ?? '',
    summary: shape.text(item, 'summary') ?? '',
  }
  // What others say of an update beside that stays with it.
  const whole = { ...(plainValue(item) as object), ...known }
  return at === undefined ? whole : { ...whole, at }
}

function textOf(item: YamlNode): string {
  const value = plainValue(item)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function malformed(source: string, file: string, error: Error): Finding {
  const offset = offsetOf(source, error.message)
  const message = error.message.replace(/ \(line .*\)$/, '').replace(/\s+/g, ' ')
  return {
    code: 'json_malformed',
    severity: 'fatal',
    file,
    ...positionAt(source, offset),
    message: `${message}.`,
    fix: 'correct it, or let `toolbox codex doctor --repair` derive it afresh.',
  }
}

/** Some messages give the position, others quote the text around it: ten characters before it where it is cut. */
function offsetOf(source: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return Number(position)
  const [, token, cut, around] =
    /^Unexpected token '(.+?)', (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid/.exec(message) ?? []
  if (token === undefined || around === undefined) return source.length
  return source.indexOf(around) + (cut ? 10 : around.indexOf(token))
}
