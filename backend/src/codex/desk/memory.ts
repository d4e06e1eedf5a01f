import { listSessions, readEntries, readSnapshot } from '@sre-toolbox/codex'
import { journalRun } from '@sre-toolbox/codex/runbooks'
import { depsOf, workspaceOf } from './deps.ts'
import type { Desk } from './desk.ts'
import { slice } from './slice.ts'

export const memoryDesk: Pick<Desk, 'readJournal' | 'getProgress' | 'journalRun'> = {
  readJournal(call, { task, q, cursor, limit }) {
    const wanted = { ...(task === undefined ? {} : { task }), ...(q === undefined ? {} : { search: q }) }
    const entries = readEntries(workspaceOf(call), wanted).reverse()
    return { ...slice(entries, cursor, limit), total: entries.length }
  },

  async journalRun(call, { report }) {
    const open = listSessions(workspaceOf(call), new Date(call.now)).filter(
      (each) => each.state === 'active' && !each.takenOverBy && each.actor === call.actor,
    )
    // Of several nobody knows which one the run was for.
    const own = open.length === 1 ? open[0]?.id : undefined
    await journalRun(depsOf(call, own ?? null), report)
    return {}
  },

  async getProgress(call) {
    const snapshot = await readSnapshot(workspaceOf(call))
    return {
      lastUpdated: snapshot.last_updated,
      sessionCounter: snapshot.session_counter,
      activeTask: snapshot.active_task,
      why: snapshot.why,
      lastTask: snapshot.last_task_id,
      recentUpdates: snapshot.recent_updates.map(({ task_id, status, summary, at }) => ({
        task: task_id,
        status,
        summary,
        at: at ?? null,
      })),
      blockers: snapshot.blockers,
    }
  },
}
