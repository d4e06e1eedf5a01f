import type { YamlMap } from '../yaml/node.ts'

export const statuses = ['backlog', 'in_progress', 'blocked', 'done'] as const
export const priorities = ['critical', 'high', 'medium', 'low'] as const
export type Status = (typeof statuses)[number]
export type Priority = (typeof priorities)[number]

/** What a task waits for: a thing said in words, or another task. */
export type Blocker = { text: string } | { task: string }

export type Task = {
  /** `area/task`: unique in a backlog. */
  address: string
  area: string
  id: string
  title: string
  status: Status
  /** The area's where the task has none. */
  priority: Priority
  /** What the task itself says. */
  ownPriority: Priority | undefined
  notes: string
  blockers: readonly Blocker[]
  dependsOn: readonly string[]
  /** When it was put on the backlog, `YYYY-MM-DD`. */
  added: string | undefined
  /** Where it stands in the source. */
  node: YamlMap
}

export type Area = {
  id: string
  title: string
  summary: string
  status: Status | undefined
  priority: Priority | undefined
  blockers: readonly Blocker[]
  tasks: readonly Task[]
  node: YamlMap
}

export type Backlog = { updated: string; areas: readonly Area[] }

export function tasksOf(backlog: Backlog): Task[] {
  return backlog.areas.flatMap((area) => area.tasks)
}
