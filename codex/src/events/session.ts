import type { Event } from './event.ts'

export type SessionState = 'active' | 'paused' | 'handed_over' | 'finished' | 'released' | 'blocked' | 'done'

export type Session = {
  id: string
  actor: string
  task: string
  title: string
  why: string
  /** Grows with every claim of the task; the highest one holds it. */
  fence: number
  state: SessionState
  openedAt: string
  updatedAt: string
  /** End of the lease. */
  until: string
  /** The last thing said of the work, in a line. */
  summary: string
}

/** What a session's events add up to; `undefined` for a file that opens none. */
export function foldSession(events: readonly Event[]): Session | undefined {
  let session: Session | undefined
  for (const event of events) {
    if (event.type === 'opened') {
      const { actor, task, title, why, fence, until, at } = event
      const started = { actor, task, title, why, fence, until, openedAt: at, updatedAt: at, summary: why }
      session = { id: event.session, state: 'active', ...started }
    } else if (session && event.type !== 'adopted') {
      session = { ...session, ...effectOf(event), updatedAt: event.at }
    }
  }
  return session
}

function effectOf(event: Exclude<Event, { type: 'opened' | 'adopted' }>): Partial<Session> {
  switch (event.type) {
    case 'noted':
      return { summary: event.text, until: event.until }
    case 'renewed':
      return { until: event.until }
    case 'paused':
      return { state: 'paused', summary: event.why, until: event.until }
    case 'resumed':
      return { state: 'active', actor: event.actor, until: event.until }
    case 'handed_over':
      return { state: 'handed_over', summary: event.text }
    case 'finished':
      return { state: 'finished', summary: event.text }
    case 'released':
      return { state: 'released', summary: event.why }
    case 'blocked':
      return { state: 'blocked', summary: event.missing }
    case 'done':
      return { state: 'done', summary: event.outcome }
  }
}

export function isOpen(session: Session): boolean {
  return session.state === 'active' || session.state === 'paused'
}
