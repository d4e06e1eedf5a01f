import type { Finding } from '../text/finding.ts'
import { pairOf, type YamlMap, type YamlNode } from '../yaml/node.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { type Area, type Backlog, type Blocker, priorities, statuses, type Task } from './backlog.ts'
import { checkReferences } from './check-references.ts'
import { createShape, type Shape } from './shape.ts'

export type BacklogSource = { text: string; root: YamlMap; backlog: Backlog; findings: Finding[] }

/**
 * Reads a backlog's source. Without a `backlog` in the answer the file can't be used, and a finding of severity `fatal`
 * says why and where.
 */
export async function readBacklog(
  text: string,
  file: string,
): Promise<BacklogSource | { backlog: undefined; findings: Finding[] }> {
  const { node, findings } = await readYaml(text, file)
  if (findings.length > 0) return { backlog: undefined, findings }
  const shape = createShape(text, file)
  if (node?.kind !== 'map') {
    shape.report(node?.start ?? 0, {
      code: 'not_a_backlog',
      severity: 'fatal',
      message: node ? 'A backlog is a map with the key `areas`.' : 'The backlog is empty.',
      fix: 'start it with `version: 1` and `areas: []`, or move it away and run `toolbox codex init`.',
    })
    return { backlog: undefined, findings: shape.findings }
  }
  const backlog: Backlog = { updated: shape.text(node, 'updated') ?? '', areas: readAreas(node, shape) }
  checkReferences(backlog, shape)
  const fatal = shape.findings.some((each) => each.severity === 'fatal')
  return fatal
    ? { backlog: undefined, findings: shape.findings }
    : { text, root: node, backlog, findings: shape.findings }
}

function readAreas(root: YamlMap, shape: Shape): Area[] {
  return mapsIn(root, 'areas', shape).map((node) => {
    const id = idOf(node, 'an area', shape)
    const priority = shape.oneOf(node, 'priority', priorities)
    return {
      id,
      title: shape.text(node, 'title') ?? id,
      summary: shape.text(node, 'summary') ?? '',
      status: shape.oneOf(node, 'status', statuses),
      priority,
      blockers: readBlockers(node, shape),
      tasks: mapsIn(node, 'tasks', shape).map((task) => readTask(task, id, priority, shape)),
      node,
    }
  })
}

function readTask(
  node: YamlMap,
  area: string,
  areaPriority: Task['priority'] | undefined,
  shape: Shape,
): Task {
  const id = idOf(node, 'a task', shape)
  const ownPriority = shape.oneOf(node, 'priority', priorities)
  return {
    address: `${area}/${id}`,
    area,
    id,
    title: shape.text(node, 'title') ?? id,
    status: shape.oneOf(node, 'status', statuses) ?? 'backlog',
    priority: ownPriority ?? areaPriority ?? 'medium',
    ownPriority,
    notes: readNotes(node, shape),
    blockers: readBlockers(node, shape),
    dependsOn: readTexts(node, 'dependsOn', shape),
    added: shape.text(node, 'added'),
    node,
  }
}

/** Notes are text; some people write them as a list, a line each. */
function readNotes(node: YamlMap, shape: Shape): string {
  const isList = pairOf(node, 'notes')?.value.kind === 'seq'
  return isList ? readTexts(node, 'notes', shape).join('\n') : (shape.text(node, 'notes') ?? '')
}

function readBlockers(node: YamlMap, shape: Shape): Blocker[] {
  return shape.list(node, 'blockers').flatMap((item): Blocker[] => {
    if (item.kind === 'scalar' && item.value !== null) return [{ text: String(item.value) }]
    const task = item.kind === 'map' ? shape.text(item, 'task') : undefined
    if (task !== undefined) return [{ task }]
    shape.wrongType(item, 'blockers', 'text, or a map with the key `task`')
    return []
  })
}

function readTexts(node: YamlMap, key: string, shape: Shape): string[] {
  return shape.list(node, key).flatMap((item) => {
    if (item.kind === 'scalar' && item.value !== null) return [String(item.value)]
    shape.wrongType(item, key, 'text')
    return []
  })
}

function mapsIn(node: YamlMap, key: string, shape: Shape): YamlMap[] {
  return shape.list(node, key).filter((item: YamlNode): item is YamlMap => {
    if (item.kind !== 'map') shape.wrongType(item, key, 'a map with the key `id`')
    return item.kind === 'map'
  })
}

function idOf(node: YamlMap, what: string, shape: Shape): string {
  const id = shape.text(node, 'id')
  if (id === undefined || id.trim() === '') {
    shape.report(pairOf(node, 'id')?.value.start ?? node.start, {
      code: 'missing_id',
      severity: 'fatal',
      message: `There is ${what} without an id, so nothing can speak of it.`,
      fix: 'give it an `id`.',
    })
  }
  return id ?? ''
}
