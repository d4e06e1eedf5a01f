/** What a session did. `until` is the end of its lease, which every step renews. */
export type Step =
  | { type: 'opened'; actor: string; task: string; title: string; why: string; fence: number; until: string }
  | { type: 'noted'; text: string; until: string }
  | { type: 'renewed'; until: string }
  | { type: 'paused'; why: string; until: string }
  | { type: 'resumed'; actor: string; until: string }
  | { type: 'handed_over'; to: string; text: string }
  | { type: 'finished'; text: string }
  | { type: 'released'; why: string }
  | { type: 'blocked'; missing: string }
  | {
      type: 'done'
      outcome: string
      lesson: string
      /** Commands that proved the outcome. */
      checks: readonly string[]
      boxes: readonly BoxAnswer[]
      /** Files that its commit takes along, besides the memory. Sessions that ended outside git, or long ago, have none. */
      changed?: readonly string[]
    }
  /** What a snapshot that others kept said before the first session: the counter and the updates go on from there. */
  | { type: 'adopted'; sessions: number; updates: readonly RecentUpdate[]; lastTask: string | null }

/** A step as it stands in a session's file: `hash` covers all other fields, `prev` is the hash of an earlier line. */
export type Event = Step & { session: string; seq: number; at: string; prev: string; hash: string }

/** What was done about a check box of the pull-request template. */
export type BoxAnswer =
  | { box: string; how: 'confirmed' }
  | { box: string; how: 'ran'; command: string }
  | { box: string; how: 'waived'; reason: string }

export type RecentUpdate = { task_id: string; status: string; summary: string; at?: string }

export const stepTypes: readonly string[] = [
  'opened',
  'noted',
  'renewed',
  'paused',
  'resumed',
  'handed_over',
  'finished',
  'released',
  'blocked',
  'done',
  'adopted',
] satisfies Step['type'][]
