import { isDeepStrictEqual } from 'node:util'
import { didYouMean } from '@sre-toolbox/contract/nearest'
import { CodexError, refuse } from '../kernel/errors.ts'
import type { Finding } from '../text/finding.ts'
import { findingLine } from '../text/finding.ts'
import { plainValue, type YamlMap } from '../yaml/node.ts'
import { applySplice, type Splice } from '../yaml/splice.ts'
import { createAddresses } from './addresses.ts'
import { type Area, type Backlog, type Task, tasksOf } from './backlog.ts'
import type { Changes, Edit } from './edit.ts'
import { type BacklogSource, readBacklog } from './read-backlog.ts'
import { spliceKey, spliceMove, spliceNewItem, spliceRemoval, spliceTransfer } from './splice-edit.ts'

type Plain = { [key: string]: unknown }
type Step = { splices: Splice[]; expected: Plain }

/**
 * Applies edits to a backlog's source by splices; what no edit speaks of stays as it is, byte for byte. The result is read
 * again by the full parser and must say exactly what was asked and hold no fault that the source did not hold.
 * Otherwise the edit is refused.
 */
export async function editBacklog(source: string, edits: readonly Edit[], file: string): Promise<string> {
  const before = await requireBacklog(source, file)
  let current = before
  let expected = plainValue(before.root) as Plain
  for (const edit of edits.flatMap(singleKeys)) {
    const step = stepFor(edit, current, expected)
    const text = step.splices.reduce(applySplice, current.text)
    if (text === current.text) continue
    expected = step.expected
    current = await reread(text, file)
  }
  if (current !== before) await verify(current.text, expected, before.findings, file)
  return current.text
}

export async function requireBacklog(text: string, file: string): Promise<BacklogSource> {
  const read = await readBacklog(text, file)
  if (read.backlog) return read
  const faults = read.findings.filter((each) => each.severity === 'fatal')
  throw refuse('backlog_unreadable', faults.map(findingLine).join('\n'), { findings: faults })
}

/** Every splice is made against a fresh reading, so an edit of several keys is several steps. */
function singleKeys(edit: Edit): Edit[] {
  if (edit.kind !== 'setTask' && edit.kind !== 'setArea' && edit.kind !== 'setRoot') return [edit]
  return Object.entries(edit.set).map(([key, value], index) => {
    const { was, ...rest } = { was: undefined, ...edit }
    // What the writer saw is compared once, before the first key is set.
    return { ...rest, set: { [key]: value }, ...(was && index === 0 ? { was } : {}) } as Edit
  })
}

function stepFor(edit: Edit, { text, root, backlog }: BacklogSource, value: Plain): Step {
  switch (edit.kind) {
    case 'setRoot':
      return { splices: keySplices(text, root, edit.set), expected: withChanges(value, edit.set) }
    case 'setTask': {
      const { task, areaIndex, taskIndex } = locate(backlog, edit.task)
      refuseTakenId(edit.set, task.id, backlog.areas[areaIndex]?.tasks ?? [])
      refuseChanged(task, edit.was ?? {})
      const update = (tasks: Plain[]) => tasks.with(taskIndex, withChanges(tasks[taskIndex], edit.set))
      return { splices: keySplices(text, task.node, edit.set), expected: withTasks(value, areaIndex, update) }
    }
    case 'setArea': {
      const index = indexOfArea(backlog, edit.area)
      const area = backlog.areas[index] as Area
      refuseTakenId(edit.set, area.id, backlog.areas)
      const update = (areas: Plain[]) => areas.with(index, withChanges(areas[index], edit.set))
      return { splices: keySplices(text, area.node, edit.set), expected: withAreas(value, update) }
    }
    case 'addArea': {
      refuseTakenId(edit.area, undefined, backlog.areas)
      const expected = withAreas(value, (areas) => [...areas, { ...edit.area }])
      return { splices: spliceNewItem(text, root, 'areas', edit.area), expected }
    }
    case 'addTask': {
      const index = indexOfArea(backlog, edit.area)
      const area = backlog.areas[index] as Area
      refuseTakenId(edit.task, undefined, area.tasks)
      const expected = withTasks(value, index, (tasks) => [...tasks, { ...edit.task }])
      return { splices: spliceNewItem(text, area.node, 'tasks', edit.task), expected }
    }
    case 'removeTask': {
      const { areaIndex, taskIndex } = locate(backlog, edit.task)
      const area = backlog.areas[areaIndex] as Area
      const expected = withTasks(value, areaIndex, (tasks) => tasks.toSpliced(taskIndex, 1))
      return { splices: spliceRemoval(text, area.node, 'tasks', taskIndex), expected }
    }
    case 'moveTask': {
      const { areaIndex, taskIndex } = locate(backlog, edit.task)
      const area = backlog.areas[areaIndex] as Area
      if (edit.to !== undefined && edit.to !== area.id) return transferStep(edit, { text, backlog }, value)
      const to = edit.before === undefined ? area.tasks.length : locateIn(backlog, edit.before, areaIndex)
      const update = (tasks: Plain[]): Plain[] => {
        const moved = tasks[taskIndex] as Plain
        const rest = tasks.toSpliced(taskIndex, 1)
        return rest.toSpliced(to > taskIndex ? to - 1 : to, 0, moved)
      }
      return {
        splices: spliceMove(text, area.node, 'tasks', taskIndex, to),
        expected: withTasks(value, areaIndex, update),
      }
    }
  }
}

/** A move to another area. */
function transferStep(
  edit: { task: string; before?: string; to?: string },
  { text, backlog }: Pick<BacklogSource, 'text' | 'backlog'>,
  value: Plain,
): Step {
  const { task, areaIndex, taskIndex } = locate(backlog, edit.task)
  const targetIndex = indexOfArea(backlog, edit.to ?? task.area)
  const [from, target] = [backlog.areas[areaIndex] as Area, backlog.areas[targetIndex] as Area]
  refuseTakenId({ id: task.id }, undefined, target.tasks)
  const to = edit.before === undefined ? target.tasks.length : locateIn(backlog, edit.before, targetIndex)
  const moved = plainValue(task.node) as Plain
  const without = withTasks(value, areaIndex, (tasks) => tasks.toSpliced(taskIndex, 1))
  return {
    splices: spliceTransfer(
      text,
      'tasks',
      { owner: from.node, index: taskIndex },
      { owner: target.node, index: to },
    ),
    expected: withTasks(without, targetIndex, (tasks) => tasks.toSpliced(to, 0, moved)),
  }
}

function keySplices(text: string, node: YamlMap, set: Changes): Splice[] {
  return Object.entries(set).flatMap(([key, value]) => spliceKey(text, node, key, value))
}

/** Finds a task or says what to write instead. */
export function requireTask(backlog: Backlog, reference: string): Task {
  const found = createAddresses(backlog).resolve(reference)
  if (found.task) return found.task
  const choices = found.candidates.map((each) => each.address)
  const known = tasksOf(backlog).flatMap(({ id, address }) =>
    reference.includes('/') ? address : [id, address],
  )
  throw choices.length === 0
    ? refuse(
        'not_found',
        `There is no task \`${reference}\`.${didYouMean(reference, known) || ' The backlog, docs/TODO.yaml, lists them.'}`,
      )
    : refuse('ambiguous', `\`${reference}\` names several tasks. Write one of ${choices.join(', ')}.`, {
        choices,
      })
}

function locate(backlog: Backlog, reference: string): { task: Task; areaIndex: number; taskIndex: number } {
  const task = requireTask(backlog, reference)
  const areaIndex = backlog.areas.findIndex((area) => area.id === task.area)
  return { task, areaIndex, taskIndex: backlog.areas[areaIndex]?.tasks.indexOf(task) ?? -1 }
}

function locateIn(backlog: Backlog, reference: string, areaIndex: number): number {
  const found = locate(backlog, reference)
  if (found.areaIndex !== areaIndex) throw refuse('other_area', `\`${reference}\` is in another area.`)
  return found.taskIndex
}

function indexOfArea(backlog: Backlog, id: string): number {
  const index = backlog.areas.findIndex((area) => area.id === id)
  if (index !== -1) return index
  const known = backlog.areas.map((area) => area.id).join(', ')
  const areas = known === '' ? 'There are none yet:' : `The areas are ${known};`
  throw refuse('not_found', `There is no area \`${id}\`. ${areas} \`toolbox codex add-area\` makes one.`)
}

function refuseTakenId(set: Changes, own: string | undefined, others: readonly { id: string }[]): void {
  if (set.id !== undefined && set.id !== own && others.some((each) => each.id === set.id)) {
    throw refuse('duplicate_id', `The id \`${String(set.id)}\` is taken. Choose another.`)
  }
}

function refuseChanged(task: Task, was: Changes): void {
  const now = plainValue(task.node) as Plain
  const changed = Object.keys(was).filter((key) => !isDeepStrictEqual(now[key], was[key]))
  if (changed.length === 0) return
  const say = (value: unknown): string => (value === undefined ? 'not set' : JSON.stringify(value))
  const told = changed.map((key) => `${key} is ${say(now[key])}, and was ${say(was[key])}`)
  const is = Object.fromEntries(changed.map((key) => [key, now[key]]))
  throw refuse('changed_meanwhile', `${task.address} was changed meanwhile: ${told.join('; ')}.`, {
    task: task.address,
    is,
  })
}

function withChanges(old: Plain | undefined, set: Changes): Plain {
  return Object.fromEntries(Object.entries({ ...old, ...set }).filter(([, value]) => value !== undefined))
}

function withAreas(value: Plain, change: (areas: Plain[]) => Plain[]): Plain {
  return { ...value, areas: change((value.areas ?? []) as Plain[]) }
}

function withTasks(value: Plain, area: number, change: (tasks: Plain[]) => Plain[]): Plain {
  return withAreas(value, (areas) =>
    areas.with(area, { ...areas[area], tasks: change((areas[area]?.tasks ?? []) as Plain[]) }),
  )
}

async function reread(text: string, file: string): Promise<BacklogSource> {
  const read = await readBacklog(text, file)
  if (read.backlog) return read
  // What parses but means nothing to a backlog, such as a priority of a new name, is the writer's own fault.
  throw read.findings.some((each) => each.code.startsWith('yaml_'))
    ? unsafe(read.findings)
    : addsFault(read.findings)
}

async function verify(text: string, expected: Plain, known: readonly Finding[], file: string): Promise<void> {
  const { readFull } = await import('../yaml/read-full.ts')
  const { node, findings } = readFull(text, file)
  if (!node || !isDeepStrictEqual(plainValue(node), expected)) throw unsafe(findings)
  const after = (await readBacklog(text, file)).findings
  const added = after.filter(
    (each) => !known.some((old) => old.code === each.code && old.message === each.message),
  )
  if (added.length > 0) throw addsFault(added)
}

function addsFault(findings: readonly Finding[]): CodexError {
  const lines = findings.map((each) => `${each.message} Fix: ${each.fix}`).join('\n')
  return refuse('edit_adds_fault', `The edit would put a fault into the backlog. ${lines}`, { findings })
}

function unsafe(findings: readonly Finding[]): CodexError {
  const message =
    'The edit could not be made without touching something else. Nothing was written; make it by hand.'
  return new CodexError('edit_unsafe', 'user', message, { findings })
}
