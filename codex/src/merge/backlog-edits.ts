import { isDeepStrictEqual } from 'node:util'
import type { Changes, Edit, NewItem } from '../backlog/edit.ts'

type Plain = { [key: string]: unknown }

/** The edits that turn one backlog's value into another's; `undefined` when no edits can. */
export function editsBetween(from: Plain, to: Plain): Edit[] | undefined {
  const edits: Edit[] = []
  const root = changesBetween(from, to, 'areas')
  if (root) edits.push({ kind: 'setRoot', set: root })
  const [old, wanted] = [itemsOf(from, 'areas'), itemsOf(to, 'areas')]
  if (old.some((area) => !find(wanted, area.id))) return undefined
  for (const area of wanted) {
    const before = find(old, area.id)
    const id = String(area.id)
    if (!before) {
      edits.push({ kind: 'addArea', area: area as NewItem })
      continue
    }
    const changes = changesBetween(before, area, 'tasks')
    if (changes) edits.push({ kind: 'setArea', area: id, set: changes })
    edits.push(...taskEdits(id, itemsOf(before, 'tasks'), itemsOf(area, 'tasks')))
  }
  return edits
}

function taskEdits(area: string, old: Plain[], wanted: Plain[]): Edit[] {
  const edits: Edit[] = []
  const address = (task: Plain | undefined) => `${area}/${String(task?.id)}`
  const order = old.filter((task) => find(wanted, task.id)).map(address)
  for (const task of old) if (!find(wanted, task.id)) edits.push({ kind: 'removeTask', task: address(task) })
  for (const task of wanted) {
    const before = find(old, task.id)
    if (!before) {
      edits.push({ kind: 'addTask', area, task: task as NewItem })
      order.push(address(task))
    }
    const changes = before && changesBetween(before, task)
    if (changes) edits.push({ kind: 'setTask', task: address(task), set: changes })
  }
  wanted.map(address).forEach((task, place) => {
    const there = order[place]
    if (there === undefined || there === task) return
    edits.push({ kind: 'moveTask', task, before: there })
    order.splice(order.indexOf(task), 1)
    order.splice(place, 0, task)
  })
  return edits
}

function changesBetween(from: Plain, to: Plain, except?: string): Changes | undefined {
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (key) => key !== except && !isDeepStrictEqual(from[key], to[key]),
  )
  return keys.length === 0 ? undefined : (Object.fromEntries(keys.map((key) => [key, to[key]])) as Changes)
}

function itemsOf(value: Plain, key: string): Plain[] {
  return (value[key] ?? []) as Plain[]
}

function find(items: readonly Plain[], id: unknown): Plain | undefined {
  return items.find((item) => String(item.id) === String(id))
}
