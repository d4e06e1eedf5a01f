import type { Claim } from '../events/claims.ts'
import { type Addresses, createAddresses, prerequisitesOf } from './addresses.ts'
import { type Area, type Backlog, priorities, type Task, tasksOf } from './backlog.ts'

export type Candidate = {
  task: Task
  /** Open tasks that wait for this one, directly or through others. */
  unblocks: number
  /** Why it stands where it stands, in words. */
  reasons: string[]
}
export type Waiting = { task: Task; reasons: string[] }
export type Ranking = { candidates: Candidate[]; waiting: Waiting[]; done: number }

/**
 * Ranks the tasks that can be worked on: by priority, then by how many open tasks they unblock, then work already begun
 * before new work, then the oldest, then the order of the file. The same backlog, claims and day give the same answer.
 */
export function rankTasks(backlog: Backlog, claims: ReadonlyMap<string, Claim>, now: Date): Ranking {
  const addresses = createAddresses(backlog)
  const areas = new Map(backlog.areas.map((area) => [area.id, area]))
  const open = tasksOf(backlog).filter((task) => task.status !== 'done')
  const waiting: Waiting[] = []
  const ready: Task[] = []
  for (const task of open) {
    const reasons = reasonsToWait(task, areas.get(task.area), claims.get(task.address), addresses)
    if (reasons.length > 0) waiting.push({ task, reasons })
    else ready.push(task)
  }
  const dependents = dependentsOf(open, addresses)
  const candidates = ready.map((task, order) => ({ task, order, unblocks: countReach(task, dependents) }))
  candidates.sort(
    (a, b) =>
      priorities.indexOf(a.task.priority) - priorities.indexOf(b.task.priority) ||
      b.unblocks - a.unblocks ||
      Number(b.task.status === 'in_progress') - Number(a.task.status === 'in_progress') ||
      compare(a.task.added ?? '9999', b.task.added ?? '9999') ||
      a.order - b.order,
  )
  return {
    candidates: candidates.map(({ task, unblocks }) => ({
      task,
      unblocks,
      reasons: reasonsToPick(task, unblocks, claims.get(task.address), now),
    })),
    waiting,
    done: tasksOf(backlog).length - open.length,
  }
}

function reasonsToWait(
  task: Task,
  area: Area | undefined,
  claim: Claim | undefined,
  addresses: Addresses,
): string[] {
  const reasons: string[] = []
  if (claim?.live) reasons.push(`claimed by ${claim.session.actor} until ${claim.session.until}`)
  const blockers = [
    ...(area?.blockers ?? []).map((each) => ({ ...each, whose: `area ${task.area}: ` })),
    ...task.blockers,
  ]
  for (const blocker of blockers) {
    const whose = 'whose' in blocker ? blocker.whose : ''
    if ('text' in blocker) reasons.push(`${whose}blocked: ${blocker.text}`)
    else reasons.push(...reasonToWaitFor(blocker.task, task, addresses).map((each) => whose + each))
  }
  for (const reference of task.dependsOn) reasons.push(...reasonToWaitFor(reference, task, addresses))
  if (reasons.length === 0 && task.status === 'blocked') {
    const isOver = blockers.length > 0
    reasons.push(
      isOver
        ? `its status is blocked, though what it waited for is done: \`toolbox codex unblock ${task.address}\` frees it`
        : 'its status is blocked, and it does not say by what',
    )
  }
  if (area?.status === 'blocked') reasons.push(`area ${task.area} is blocked`)
  return [...new Set(reasons)]
}

function reasonToWaitFor(reference: string, task: Task, addresses: Addresses): string[] {
  const found = addresses.resolve(reference, task.area)
  if (!found.task) {
    return [
      `waits for \`${reference}\`, which ${found.candidates.length > 0 ? 'names several tasks' : 'is no task'}`,
    ]
  }
  return found.task.status === 'done' ? [] : [`waits for ${found.task.address} (${found.task.status})`]
}

function reasonsToPick(task: Task, unblocks: number, claim: Claim | undefined, now: Date): string[] {
  const reasons = [`priority ${task.priority}`]
  if (unblocks > 0) reasons.push(unblocks === 1 ? 'unblocks 1 task' : `unblocks ${unblocks} tasks`)
  if (claim)
    reasons.push(`the lease of ${claim.session.actor} ended ${claim.session.until}, so it can be taken over`)
  else if (task.status === 'in_progress') reasons.push('begun, and nobody holds it')
  const days =
    task.added === undefined ? Number.NaN : Math.floor((now.getTime() - Date.parse(task.added)) / 86_400_000)
  if (days > 0) reasons.push(days === 1 ? 'waiting for 1 day' : `waiting for ${days} days`)
  return reasons
}

function dependentsOf(open: readonly Task[], addresses: Addresses): Map<Task, Task[]> {
  const dependents = new Map<Task, Task[]>()
  for (const task of open) {
    for (const prerequisite of prerequisitesOf(task, addresses)) {
      const known = dependents.get(prerequisite)
      if (known) known.push(task)
      else dependents.set(prerequisite, [task])
    }
  }
  return dependents
}

function countReach(start: Task, dependents: ReadonlyMap<Task, Task[]>): number {
  const reached = new Set<Task>([start])
  for (const task of reached) for (const next of dependents.get(task) ?? []) reached.add(next)
  return reached.size - 1
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
