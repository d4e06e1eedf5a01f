import { recentLimit } from '../progress/derive-progress.ts'
import type { OpenSession, Progress } from '../progress/progress.ts'
import { readProgress } from '../progress/read-progress.ts'
import { type Merged, mergeText, type Sides } from './merge-text.ts'
import { mergeSets, mergeValues } from './merge-values.ts'

type Snapshot = Omit<Progress, 'sessions'> & { sessions?: OpenSession[] }

/**
 * Merges the snapshot as it will follow from both sides' sessions, without looking at them: git merges file by file. The
 * next write derives it afresh all the same.
 */
export async function mergeProgress(sides: Sides, file: string): Promise<Merged> {
  const texts = [sides.base.trim() === '' ? '{}' : sides.base, sides.ours, sides.theirs]
  const read = await Promise.all(texts.map((text) => readProgress(text, file)))
  const [base, ours, theirs] = read.map((each) =>
    each.progress ? { ...each.raw, ...each.progress, ...each.raw } : undefined,
  )
  if (!base || !ours || !theirs) return { text: mergeText(sides).text, clean: false }
  const [b, o, t] = [base, ours, theirs] as unknown as [Snapshot, Snapshot, Snapshot]
  const late = (o.last_updated ?? '') >= (t.last_updated ?? '') ? o : t
  const sessions = (
    mergeValues(b.sessions ?? [], o.sessions ?? [], t.sessions ?? []).value as OpenSession[]
  ).toSorted(bySince)
  const active = sessions.filter((each) => each.state === 'active').toSorted(byUpdate)[0]
  const updates = mergeSets(
    b.recent_updates,
    o.recent_updates,
    t.recent_updates,
  ) as Snapshot['recent_updates']
  const merged: Snapshot = {
    ...(mergeValues(b, o, t).value as Snapshot),
    last_updated: late.last_updated,
    session_counter: o.session_counter + t.session_counter - b.session_counter,
    active_task: active?.task_id ?? null,
    why: active?.why ?? null,
    last_task_id: late.last_task_id,
    recent_updates: updates.toSorted((x, y) => compare(y.at ?? '', x.at ?? '')).slice(0, recentLimit),
    blockers: mergeSets(b.blockers, o.blockers, t.blockers) as string[],
    sessions,
  }
  const indent = /^\{\r?\n([ \t]+)/.exec(sides.ours)?.[1] ?? '  '
  return { text: `${JSON.stringify(merged, null, indent)}\n`, clean: true }
}

function bySince(a: OpenSession, b: OpenSession): number {
  return compare(a.id, b.id)
}

function byUpdate(a: OpenSession, b: OpenSession): number {
  return compare(b.updated, a.updated) || compare(b.id, a.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
