import {
  type Area,
  type Claim,
  claimsOf,
  createBlockers,
  lineFinder,
  listSessions,
  type Memory,
  rankTasks,
  readMemory,
  requireTask,
  type Status,
  type Task,
  versionOf,
} from '@sre-toolbox/codex'
import type { BacklogArea, BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import type { TaskCounts } from '@sre-toolbox/contract/codex/common'
import { depsOf, workspaceOf } from './deps.ts'
import type { Call, Desk } from './desk.ts'
import { refusalWithSource, withSource } from './source-lines.ts'

export const backlogDesk: Pick<Desk, 'getBacklog' | 'nextTasks' | 'blockTask' | 'unblockTask'> = {
  async getBacklog(call) {
    const workspace = workspaceOf(call)
    const memory = await readMemory(workspace).catch((error) => {
      throw refusalWithSource(workspace, error)
    })
    const show = createView(memory, call.now)
    const { backlog, findings, text } = memory.backlog
    return {
      version: versionOf(text),
      updated: backlog.updated,
      areas: backlog.areas.map(show.area),
      counts: countsOf(backlog.areas.flatMap(({ tasks }) => tasks)),
      findings: withSource(workspace, findings),
    }
  },

  async nextTasks(call, { limit }) {
    const { backlog, history } = await readMemory(workspaceOf(call))
    const now = new Date(call.now)
    const { candidates, waiting, done } = rankTasks(backlog.backlog, claimsOf(history.sessions, now), now)
    const told = ({ task, reasons }: { task: Task; reasons: string[] }) => {
      const { address, title, status, priority } = task
      return { task: address, title, status, priority, reasons }
    }
    return {
      candidates: candidates.slice(0, limit).map((each) => ({ ...told(each), unblocks: each.unblocks })),
      waiting: waiting.map(told),
      ready: candidates.length,
      done,
    }
  },

  async blockTask(call, { area, task, missing }) {
    const address = `${area}/${task}`
    const own = listSessions(workspaceOf(call), new Date(call.now)).find(
      (each) => each.open && each.task === address && each.actor === call.actor,
    )
    await createBlockers(depsOf(call, own?.id)).block(address, missing)
    return showTask(call, address)
  },

  async unblockTask(call, { area, task, why, blocker }) {
    const address = `${area}/${task}`
    await createBlockers(depsOf(call)).unblock(address, `${why} (${call.actor})`, blocker)
    return showTask(call, address)
  },
}

/** A task as it is now, with the version of the file. */
export async function showTask(
  call: Pick<Call, 'root' | 'now'>,
  address: string,
): Promise<{ version: string; task: BacklogTask }> {
  const memory = await readMemory(workspaceOf(call))
  const task = createView(memory, call.now).task(requireTask(memory.backlog.backlog, address))
  return { version: versionOf(memory.backlog.text), task }
}

/** Areas and tasks as they are told: with their lines, and who holds what. */
export function createView({ backlog: { text }, history }: Memory, now: number) {
  const lineAt = lineFinder(text)
  const claims = claimsOf(history.sessions, new Date(now))
  const task = ({ address, node, added, ownPriority, blockers, dependsOn, ...rest }: Task): BacklogTask => ({
    task: address,
    area: rest.area,
    id: rest.id,
    title: rest.title,
    status: rest.status,
    priority: rest.priority,
    ownPriority: ownPriority ?? null,
    notes: rest.notes,
    blockers: [...blockers],
    dependsOn: [...dependsOn],
    added: added ?? null,
    line: lineAt(node.start),
    claim: toClaim(claims.get(address)),
  })
  const area = ({ id, title, summary, status, priority, blockers, tasks, node }: Area): BacklogArea => ({
    id,
    title,
    summary,
    status: status ?? null,
    priority: priority ?? null,
    blockers: [...blockers],
    line: lineAt(node.start),
    tasks: tasks.map(task),
  })
  return { task, area }
}

function countsOf(tasks: readonly { status: Status }[]): TaskCounts {
  const counts: TaskCounts = { backlog: 0, in_progress: 0, blocked: 0, done: 0 }
  for (const { status } of tasks) counts[status] += 1
  return counts
}

function toClaim(claim: Claim | undefined): BacklogTask['claim'] {
  if (!claim) return null
  const { id, actor, until } = claim.session
  return { session: id, actor, until, live: claim.live }
}
