import { type Backlog, type Task, tasksOf } from './backlog.ts'

export type Resolved = { task: Task } | { task: undefined; candidates: readonly Task[] }

/**
 * Finds tasks by `area/task`, or by the bare id where that is unique. Inside an area its own task wins over one of the
 * same id elsewhere.
 */
export function createAddresses(backlog: Backlog) {
  const byAddress = new Map<string, Task>()
  const byId = new Map<string, Task[]>()
  for (const task of tasksOf(backlog)) {
    byAddress.set(task.address, task)
    const alike = byId.get(task.id)
    if (alike) alike.push(task)
    else byId.set(task.id, [task])
  }

  const resolve = (reference: string, fromArea?: string): Resolved => {
    const own = fromArea === undefined ? undefined : byAddress.get(`${fromArea}/${reference}`)
    const found = byAddress.get(reference) ?? own
    if (found) return { task: found }
    const candidates = byId.get(reference) ?? []
    const [only] = candidates
    return only && candidates.length === 1 ? { task: only } : { task: undefined, candidates }
  }
  return { resolve }
}

export type Addresses = ReturnType<typeof createAddresses>

/** The tasks that a task waits for by `dependsOn` and by `{ task }` blockers; those that don't resolve are left out. */
export function prerequisitesOf(task: Task, addresses: Addresses): Task[] {
  const references = [
    ...task.dependsOn,
    ...task.blockers.flatMap((each) => ('task' in each ? [each.task] : [])),
  ]
  return references.flatMap((reference) => addresses.resolve(reference, task.area).task ?? [])
}
