import { createAddresses } from './addresses.ts'
import { type Backlog, type Blocker, type Task, tasksOf } from './backlog.ts'
import type { Edit } from './edit.ts'
import { requireTask } from './edit-backlog.ts'

/**
 * The edits that move a task to another area: the move itself, and every reference that would no longer lead where it
 * does, written out as `area/task`.
 */
export function editsToMove(backlog: Backlog, reference: string, to: string, before?: string): Edit[] {
  const moved = requireTask(backlog, reference)
  const move: Edit = {
    kind: 'moveTask',
    task: moved.address,
    to,
    ...(before === undefined ? {} : { before }),
  }
  if (to === moved.area) return [move]
  const address = `${to}/${moved.id}`
  const addresses = createAddresses(backlog)
  const follow = (task: Task, written: string): string => {
    const found = addresses.resolve(written, task.area).task
    if (!found) return written
    // The moved task's own bare references spoke of its old area.
    if (found === moved) return address
    return task === moved && found.id === written ? found.address : written
  }
  const references = tasksOf(backlog).flatMap((task): Edit[] => {
    const dependsOn = task.dependsOn.map((each) => follow(task, each))
    const blockers = task.blockers.map(
      (each): Blocker => ('task' in each ? { task: follow(task, each.task) } : each),
    )
    const set = {
      ...(differs(dependsOn, task.dependsOn) ? { dependsOn } : {}),
      ...(differs(blockers, task.blockers)
        ? { blockers: blockers.map((each) => ('text' in each ? each.text : { task: each.task })) }
        : {}),
    }
    return Object.keys(set).length > 0
      ? [{ kind: 'setTask', task: task === moved ? address : task.address, set }]
      : []
  })
  return [move, ...references]
}

function differs(a: readonly unknown[], b: readonly unknown[]): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}
