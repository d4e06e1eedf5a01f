import type { Session } from '../events/session.ts'
import type { Addition } from '../journal/append-entry.ts'

/** A bullet for the journal entry of a session's task, with its time. */
export function entryFor(
  session: Pick<Session, 'task' | 'title'>,
  now: Date,
  ...bullets: string[]
): Addition {
  const stamp = now.toISOString()
  return {
    date: stamp.slice(0, 10),
    title: session.title,
    task: session.task,
    bullets: bullets.map((each) => `${stamp.slice(0, 10)} ${stamp.slice(11, 16)} ${each}`),
  }
}
