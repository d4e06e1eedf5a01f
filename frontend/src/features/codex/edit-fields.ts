import type {
  AreaFields,
  BacklogArea,
  BacklogTask,
  getBacklog,
  TaskFields,
} from '@sre-toolbox/contract/codex/backlog'
import type { Blocker } from '@sre-toolbox/contract/codex/common'
import type { OutputOf } from '@sre-toolbox/contract/operation'

export type Backlog = OutputOf<typeof getBacklog>
/** Of a task or of an area. */
export type EditedFields = Omit<TaskFields, 'status'> & AreaFields
export type Field = keyof EditedFields
export type Fields = Required<TaskFields>

/** The fields of a task as an edit names them. */
export function fieldsOf(task: BacklogTask): Fields {
  const { title, status, ownPriority, notes, blockers, dependsOn } = task
  return { title, status, priority: ownPriority, notes: notes || null, blockers, dependsOn }
}

export function areaFieldsOf({
  title,
  summary,
  status,
  priority,
  blockers,
}: BacklogArea): Required<AreaFields> {
  return { title, summary: summary || null, status, priority, blockers }
}

export const namesOf = (set: EditedFields): Field[] => Object.keys(set) as Field[]

/** Only these of the fields. */
export function only<Fields extends EditedFields>(fields: Fields, names: readonly Field[]): Partial<Fields> {
  const kept = Object.entries(fields).filter(([field]) => names.some((name) => name === field))
  return Object.fromEntries(kept) as Partial<Fields>
}

/** Only what differs from the fields as they were read. */
export function changesOf<Fields extends EditedFields>(seen: Fields, wanted: Fields): Partial<Fields> {
  const was: Readonly<Record<string, unknown>> = seen
  const changed = Object.entries(wanted).filter(([field, value]) => !alike(was[field], value))
  return Object.fromEntries(changed) as Partial<Fields>
}

/** A list of nothing is the same as none. */
export function alike(one: unknown, other: unknown): boolean {
  const meaning = (value: unknown) =>
    JSON.stringify(Array.isArray(value) && value.length === 0 ? null : value)
  return meaning(one) === meaning(other)
}

const taskWord = 'task:'

/** Blockers as they are typed: one a line, another task as `task: area/id`. */
export function writeBlockers(blockers: readonly Blocker[]): string {
  return blockers
    .map((blocker) =>
      'task' in blocker ? `${taskWord} ${blocker.task}` : blocker.text.replace(/\s*\n\s*/g, ' '),
    )
    .join('\n')
}

export function readBlockers(text: string): Blocker[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines.map((line) => {
    const task = line.startsWith(taskWord) ? line.slice(taskWord.length).trim() : ''
    return task ? { task } : { text: line }
  })
}

/** The backlog as it will be once the server has agreed. */
export function withEdit(backlog: Backlog, address: string, set: TaskFields): Backlog {
  const edited = (task: BacklogTask, areaPriority: BacklogTask['priority'] | null): BacklogTask => ({
    ...task,
    title: set.title ?? task.title,
    status: set.status ?? task.status,
    ...(set.priority !== undefined && {
      ownPriority: set.priority,
      priority: set.priority ?? areaPriority ?? 'medium',
    }),
    ...(set.notes !== undefined && { notes: set.notes ?? '' }),
    ...(set.blockers !== undefined && { blockers: set.blockers ?? [] }),
    ...(set.dependsOn !== undefined && { dependsOn: set.dependsOn ?? [] }),
  })
  return {
    ...backlog,
    areas: backlog.areas.map((area) => ({
      ...area,
      tasks: area.tasks.map((task) => (task.task === address ? edited(task, area.priority) : task)),
    })),
  }
}

export interface Place {
  readonly toArea?: string
  /** The id of the task that it is to stand before; at the end without. */
  readonly before?: string
  readonly priority?: BacklogTask['priority']
}

export function withPlace(backlog: Backlog, task: BacklogTask, place: Place): Backlog {
  const toArea = place.toArea ?? task.area
  const priority = place.priority ?? task.priority
  const moved = { ...task, area: toArea, task: `${toArea}/${task.id}`, priority }
  return {
    ...backlog,
    areas: backlog.areas.map((area) => {
      const tasks = area.tasks.filter((each) => each.task !== task.task)
      if (area.id !== toArea) return { ...area, tasks }
      const found = tasks.findIndex(({ id }) => id === place.before)
      return { ...area, tasks: tasks.toSpliced(found === -1 ? tasks.length : found, 0, moved) }
    }),
  }
}
