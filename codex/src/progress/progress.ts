import type { RecentUpdate } from '../events/event.ts'

/** `ai/state/progress.json`: what is being worked on, why, and what was touched of late. */
export type Progress = {
  last_updated: string | null
  session_counter: number
  active_task: string | null
  why: string | null
  last_task_id: string | null
  recent_updates: RecentUpdate[]
  /** What holds tasks up: `area/task: words`, and lines that others put there. */
  blockers: string[]
  /** Open sessions. */
  sessions: OpenSession[]
}

export type OpenSession = {
  id: string
  actor: string
  task_id: string
  why: string
  state: string
  since: string
  updated: string
  lease_until: string
}
