import { pairOf, type YamlMap, type YamlNode } from '../yaml/node.ts'
import { type Addresses, createAddresses, prerequisitesOf } from './addresses.ts'
import { type Backlog, type Task, tasksOf } from './backlog.ts'
import type { Shape } from './shape.ts'

/** Ids that repeat, references that lead nowhere or to several tasks, and circles of tasks that wait for each other. */
export function checkReferences(backlog: Backlog, shape: Shape): void {
  reportRepeats(backlog.areas, 'area', shape)
  for (const area of backlog.areas) reportRepeats(area.tasks, 'task', shape)
  const addresses = createAddresses(backlog)
  for (const task of tasksOf(backlog)) {
    for (const { reference, node } of referencesOf(task)) {
      const found = addresses.resolve(reference, task.area)
      if (found.task) continue
      const choices = found.candidates.map((each) => each.address)
      shape.report(
        node.start,
        choices.length === 0
          ? {
              code: 'unknown_reference',
              severity: 'error',
              message: `${task.address} waits for \`${reference}\`, and there is no such task.`,
              fix: 'correct the reference, or remove it.',
            }
          : {
              code: 'ambiguous_reference',
              severity: 'error',
              message: `${task.address} waits for \`${reference}\`, which names several tasks.`,
              fix: `write one of ${choices.join(', ')}.`,
            },
      )
    }
  }
  for (const circle of circlesOf(backlog, addresses)) {
    const [first] = circle
    if (!first) continue
    shape.report(pairOf(first.node, 'dependsOn')?.key.start ?? first.node.start, {
      code: 'cycle',
      severity: 'error',
      message: `These tasks wait for each other: ${[...circle, first].map((each) => each.address).join(' → ')}.`,
      fix: 'remove one of the dependencies.',
    })
  }
}

function reportRepeats(items: readonly { id: string; node: YamlMap }[], what: string, shape: Shape): void {
  const seen = new Set<string>()
  for (const { id, node } of items) {
    if (id !== '' && seen.has(id)) {
      shape.report(pairOf(node, 'id')?.value.start ?? node.start, {
        code: `duplicate_${what}`,
        severity: 'fatal',
        message: `There is another ${what} \`${id}\` before this one, so the id names neither.`,
        fix: 'give one of them another id.',
      })
    }
    seen.add(id)
  }
}

function referencesOf(task: Task): { reference: string; node: YamlNode }[] {
  const items = (key: string): readonly YamlNode[] => {
    const node = pairOf(task.node, key)?.value
    return node?.kind === 'seq' ? node.items : []
  }
  const blockers = items('blockers').flatMap((item) =>
    item.kind === 'map' ? (pairOf(item, 'task')?.value ?? []) : [],
  )
  return [...items('dependsOn'), ...blockers]
    .filter((node) => node.kind === 'scalar')
    .map((node) => ({ reference: String(node.value), node }))
}

/** Every circle once, each from the task that stands first in the file. */
function circlesOf(backlog: Backlog, addresses: Addresses): Task[][] {
  const circles: Task[][] = []
  const finished = new Set<Task>()
  for (const start of tasksOf(backlog)) {
    const path: { task: Task; rest: Task[] }[] = []
    const onPath = new Map<Task, number>()
    const enter = (task: Task): void => {
      onPath.set(task, path.length)
      path.push({ task, rest: prerequisitesOf(task, addresses) })
    }
    if (!finished.has(start)) enter(start)
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.rest.shift()
      if (!next) {
        finished.add(top.task)
        onPath.delete(top.task)
        path.pop()
        continue
      }
      const begin = onPath.get(next)
      if (begin !== undefined) circles.push(path.slice(begin).map((each) => each.task))
      else if (!finished.has(next)) enter(next)
    }
  }
  return circles
}
