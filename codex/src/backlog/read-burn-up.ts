import { readText } from '../memory/memory.ts'
import { createGit } from '../workspace/git.ts'
import { findCheckout, paths, type Workspace } from '../workspace/workspace.ts'
import { type Status, statuses, tasksOf } from './backlog.ts'
import { readBacklog } from './read-backlog.ts'

export type Counts = Record<Status, number>
/** How many tasks there were of each status; `commit` is null for the file as it is now. */
export type CountsAt = { at: string; commit: string | null; counts: Counts }

/** Counts of commits, by directory and commit: what is committed does not change. */
export type CountsCache = Pick<Map<string, Counts | null>, 'get' | 'set'>

/**
 * How the backlog grew and was worked off: its counts in the last commit of each day, the newest `days` of them, and as
 * it is now. A version that can't be read is left out. Outside git only the present is known.
 */
export async function readBurnUp(
  workspace: Workspace,
  now: Date,
  days: number,
  cache: CountsCache = new Map(),
): Promise<CountsAt[]> {
  const points: CountsAt[] = []
  for (const { commit, at } of (await commitsByDay(workspace)).slice(0, days).reverse()) {
    const counts = await countsIn(workspace, commit, cache)
    if (counts) points.push({ at, commit, counts })
  }
  const present = await countsOf(readText(workspace, paths.backlog) ?? '')
  return present ? [...points, { at: now.toISOString(), commit: null, counts: present }] : points
}

/** The last commit of each day that touched the backlog on this line of history, the newest first. */
async function commitsByDay({ root }: Workspace): Promise<{ commit: string; at: string }[]> {
  if (!findCheckout(root)) return []
  const git = createGit(root)
  const known = await git('rev-parse', '--quiet', '--verify', 'HEAD').catch(() => '')
  if (known === '') return []
  const lines = await git('log', '--first-parent', '--format=%H %cI', '--', paths.backlog)
  const byDay = new Map<string, { commit: string; at: string }>()
  for (const line of lines.split('\n').filter((each) => each !== '')) {
    const [commit = '', time = ''] = line.split(' ')
    const at = new Date(time).toISOString()
    const day = at.slice(0, 10)
    if (!byDay.has(day)) byDay.set(day, { commit, at })
  }
  return [...byDay.values()]
}

async function countsIn(workspace: Workspace, commit: string, cache: CountsCache): Promise<Counts | null> {
  const key = `${workspace.root} ${commit}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const text = await createGit(workspace.root)('show', `${commit}:./${paths.backlog}`).catch(() => '')
  const counts = await countsOf(`${text}\n`)
  cache.set(key, counts)
  return counts
}

async function countsOf(text: string): Promise<Counts | null> {
  const { backlog } = await readBacklog(text, paths.backlog)
  if (!backlog) return null
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Counts
  for (const { status } of tasksOf(backlog)) counts[status] += 1
  return counts
}
