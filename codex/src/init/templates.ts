/** A backlog that says how it is used and has no tasks yet. */
export function emptyBacklog(now: Date): string {
  return `# The curated backlog. Edit it by hand or with \`toolbox codex\`; comments and order are kept.
# status: backlog | in_progress | blocked | done    priority: critical | high | medium | low
version: 1
updated: ${now.toISOString().slice(0, 10)}
owners: []
workflow:
  cadence: ""
  notes: ""
areas: []
`
}

export const emptyProgress = `${JSON.stringify(
  {
    version: 1,
    last_updated: null,
    session_counter: 0,
    active_task: null,
    why: null,
    last_task_id: null,
    recent_updates: [],
    blockers: [],
    sessions: [],
  },
  null,
  2,
)}
`

export const emptyJournal = `# Journal

Sessions, experiments and decisions, the oldest first. Entries are added to, never rewritten.
`
