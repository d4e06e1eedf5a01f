import { createAddresses } from './addresses.ts'
import { type Backlog, type Task, tasksOf } from './backlog.ts'

/** `task` waits for `needs`. */
export type Dependency = { task: string; needs: string; by: 'dependsOn' | 'blocker' }

export type DependencyGraph = {
  tasks: Task[]
  dependencies: Dependency[]
  /** References that lead nowhere, or to several tasks. */
  dangling: { task: string; reference: string }[]
}

/** Which tasks wait for which, by `dependsOn` and by `{ task }` blockers. */
export function dependencyGraph(backlog: Backlog): DependencyGraph {
  const addresses = createAddresses(backlog)
  const tasks = tasksOf(backlog)
  const dependencies: Dependency[] = []
  const dangling: DependencyGraph['dangling'] = []
  for (const task of tasks) {
    const add = (reference: string, by: Dependency['by']): void => {
      const { task: found } = addresses.resolve(reference, task.area)
      if (found) dependencies.push({ task: task.address, needs: found.address, by })
      else dangling.push({ task: task.address, reference })
    }
    for (const reference of task.dependsOn) add(reference, 'dependsOn')
    for (const blocker of task.blockers) if ('task' in blocker) add(blocker.task, 'blocker')
  }
  return { tasks, dependencies, dangling }
}
