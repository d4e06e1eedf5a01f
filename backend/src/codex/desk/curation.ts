import { isDeepStrictEqual } from 'node:util'
import {
  type Addition,
  type Area,
  type Backlog,
  type Blocker,
  type Changes,
  CodexError,
  claimsOf,
  createBacklogBook,
  type Edit,
  editsToMove,
  entryFor,
  type Memory,
  readMemory,
  refuseBareDone,
  requireTask,
  type Task,
  versionOf,
} from '@sre-toolbox/codex'
import type { AreaFields, BacklogArea, BacklogTask, TaskFields } from '@sre-toolbox/contract/codex/backlog'
import { createView, showTask } from './backlog.ts'
import { depsOf, workspaceOf } from './deps.ts'
import type { Call, Desk } from './desk.ts'

/** Edits of the backlog itself. Each says in the journal who made it. */
export const curationDesk: Pick<
  Desk,
  'addTask' | 'editTask' | 'moveTask' | 'removeTask' | 'addArea' | 'editArea'
> = {
  async addTask(call, { area, id, title, status, priority, notes, blockers, dependsOn }) {
    const task = {
      id,
      title,
      status,
      ...defined({ priority, notes, blockers: blockers?.map(writable), dependsOn }),
      added: new Date(call.now).toISOString().slice(0, 10),
    }
    const said = () =>
      entry(call, { address: `${area}/${id}`, title }, `Put on the backlog by ${call.actor}.`)
    await createBacklogBook(depsOf(call)).edit([{ kind: 'addTask', area, task }], undefined, said)
    return showTask(call, `${area}/${id}`)
  },

  async editTask(call, { area, task: id, set, was, ifVersion }) {
    const address = `${area}/${id}`
    const edit: Edit = { kind: 'setTask', task: address, set: changesOf(set) }
    try {
      await createBacklogBook(depsOf(call)).edit([edit], ifVersion, (memory) => {
        const task = requireTask(memory.backlog.backlog, address)
        refuseChanged(task.address, fieldsOf(task), was)
        if (set.status !== undefined && set.status !== task.status) refuseHeld(memory, task, call)
        refuseBareDone(task, set)
        const told = differences(fieldsOf(task), set)
        return told.length > 0 ? entry(call, task, `Edited by ${call.actor}: ${told.join('; ')}.`) : undefined
      })
    } catch (error) {
      throw await withPresent(error, call, taskAt(address))
    }
    return showTask(call, address)
  },

  async moveTask(call, { area, task: id, toArea = area, before, priority, ifVersion }) {
    const address = `${area}/${id}`
    const place = before === undefined ? undefined : `${toArea}/${before}`
    const edits = ({ backlog: { backlog } }: Memory): Edit[] => [
      ...(priority ? [{ kind: 'setTask' as const, task: address, set: { priority } }] : []),
      ...editsToMove(backlog, address, toArea, place),
    ]
    try {
      await createBacklogBook(depsOf(call)).edit(edits, ifVersion, (memory) => {
        const task = requireTask(memory.backlog.backlog, address)
        if (toArea !== area) refuseHeld(memory, task, call)
        const moved = toArea === area ? 'Moved' : `Moved from ${area} to ${toArea},`
        const where = before === undefined ? 'to the end' : `before ${before}`
        const told = priority && priority !== task.priority ? `, priority ${task.priority} → ${priority}` : ''
        const { title } = task
        return entry(
          call,
          { address: `${toArea}/${id}`, title },
          `${moved} ${where} by ${call.actor}${told}.`,
        )
      })
    } catch (error) {
      throw await withPresent(error, call, taskAt(address))
    }
    return showTask(call, `${toArea}/${id}`)
  },

  async removeTask(call, { area, task: id, ifVersion }) {
    const address = `${area}/${id}`
    try {
      return await createBacklogBook(depsOf(call)).edit(
        [{ kind: 'removeTask', task: address }],
        ifVersion,
        (memory) => {
          const task = requireTask(memory.backlog.backlog, address)
          refuseHeld(memory, task, call)
          return entry(call, task, `Taken off the backlog by ${call.actor}.`)
        },
      )
    } catch (error) {
      throw await withPresent(error, call, taskAt(address))
    }
  },

  async addArea(call, { id, title, summary, priority }) {
    const area = { id, title, ...defined({ summary, priority }), tasks: [] }
    const said = () => areaEntry(call, { id, title }, `Added by ${call.actor}.`)
    await createBacklogBook(depsOf(call)).edit([{ kind: 'addArea', area }], undefined, said)
    return showArea(call, id)
  },

  async editArea(call, { area, set, was, ifVersion }) {
    const edit: Edit = { kind: 'setArea', area, set: changesOf(set) }
    try {
      await createBacklogBook(depsOf(call)).edit([edit], ifVersion, ({ backlog: { backlog } }) => {
        const found = backlog.areas.find(({ id }) => id === area)
        // Where it is not there, the edit itself says so.
        if (!found) return
        refuseChanged(`The area ${area}`, areaFieldsOf(found), was)
        const told = differences(areaFieldsOf(found), set)
        return told.length > 0
          ? areaEntry(call, found, `Edited by ${call.actor}: ${told.join('; ')}.`)
          : undefined
      })
    } catch (error) {
      throw await withPresent(error, call, ({ areas }, view) => {
        const found = areas.find(({ id }) => id === area)
        return found && view.area(found)
      })
    }
    return showArea(call, area)
  },
}

async function showArea(call: Call, id: string) {
  const memory = await readMemory(workspaceOf(call))
  const area = memory.backlog.backlog.areas.find((each) => each.id === id)
  if (!area) throw new CodexError('not_found', 'user', `There is no area \`${id}\` any more.`)
  return { version: versionOf(memory.backlog.text), area: createView(memory, call.now).area(area) }
}

function entry(call: Call, task: { address: string; title: string }, said: string): Addition {
  return entryFor({ task: task.address, title: task.title }, new Date(call.now), said)
}

/** An area has an entry of its own, as a task has. */
function areaEntry(call: Call, { id, title }: Pick<Area, 'id' | 'title'>, said: string): Addition {
  return entryFor({ task: `areas/${id}`, title: `Area: ${title}` }, new Date(call.now), said)
}

/** Fields as the file is to hold them: what is nothing is not there. */
function changesOf(fields: TaskFields | AreaFields): Changes {
  const entries = Object.entries(fields).map(([key, value]) => {
    if (value === null || (Array.isArray(value) && value.length === 0)) return [key, undefined]
    return [key, key === 'blockers' ? (value as Blocker[]).map(writable) : value]
  })
  return Object.fromEntries(entries) as Changes
}

function writable(blocker: Blocker): string | { task: string } {
  return 'text' in blocker ? blocker.text : { task: blocker.task }
}

/** The fields as they read, however the file writes them: a list of nothing is no list, notes may be lines. */
function fieldsOf(task: Task): Required<TaskFields> {
  const { title, status, ownPriority = null, notes, blockers, dependsOn } = task
  return { title, status, priority: ownPriority, notes, blockers: [...blockers], dependsOn: [...dependsOn] }
}

function meaning(value: unknown): unknown {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : value
}

/** Fields that are not what the writer saw. */
function refuseChanged(what: string, now: Readonly<Record<string, unknown>>, was: object = {}): void {
  const other = Object.entries(was).filter(
    ([key, value]) => !isDeepStrictEqual(meaning(now[key]), meaning(value)),
  )
  if (other.length === 0) return
  const told = other.map(([key]) => `${key} is ${JSON.stringify(meaning(now[key]))} now`)
  const message = `${what} was changed meanwhile: ${told.join('; ')}. Look at it and repeat your edit.`
  throw new CodexError('changed_meanwhile', 'user', message)
}

/** Who holds a task decides what becomes of it. */
function refuseHeld({ history }: Memory, task: Task, call: Call): void {
  const claim = claimsOf(history.sessions, new Date(call.now)).get(task.address)
  if (!claim?.live) return
  const { actor, until } = claim.session
  const message = `${task.address} is claimed by ${actor} until ${until}: their session ends with done, block, finish or release.`
  throw new CodexError('claimed', 'user', message)
}

function areaFieldsOf({ title, summary, status, priority, blockers }: Area) {
  return { title, summary, status, priority, blockers: [...blockers] }
}

/** What an edit changes, in words; long texts are only named. */
function differences(
  now: Readonly<Record<string, unknown>>,
  set: Readonly<Record<string, unknown>>,
): string[] {
  return Object.entries(set)
    .filter(([key, value]) => !isDeepStrictEqual(meaning(now[key]), meaning(value)))
    .map(([key, value]) =>
      key === 'status' || key === 'priority' || key === 'title'
        ? `${key} ${String(now[key] ?? 'none')} → ${String(value ?? 'none')}`
        : key,
    )
}

/** A conflict brings what is there now, so that it can be shown beside what was wanted. */
async function withPresent(
  error: unknown,
  call: Call,
  find: (backlog: Backlog, view: ReturnType<typeof createView>) => BacklogTask | BacklogArea | undefined,
): Promise<unknown> {
  if (!(error instanceof CodexError) || error.code !== 'changed_meanwhile') return error
  const memory = await readMemory(workspaceOf(call))
  return new CodexError(error.code, error.fate, error.message, {
    currentVersion: versionOf(memory.backlog.text),
    current: find(memory.backlog.backlog, createView(memory, call.now)) ?? null,
  })
}

const taskAt =
  (address: string) =>
  ({ areas }: Backlog, view: ReturnType<typeof createView>): BacklogTask | undefined => {
    const found = areas.flatMap(({ tasks }) => tasks).find((each) => each.address === address)
    return found && view.task(found)
  }

function defined<Fields extends object>(fields: Fields): { [Key in keyof Fields]: NonNullable<Fields[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
