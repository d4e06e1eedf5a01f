import type { ChangeLog } from './change-log.ts'
import type { EventStream } from './sse.ts'

/** `epoch` names this process: after a restart, positions mean something else. */
export async function sendChanges(
  stream: EventStream,
  changes: ChangeLog,
  epoch: string,
  lastEventId: string | undefined,
): Promise<void> {
  let position = lastEventId === undefined ? changes.position : positionIn(epoch, lastEventId)

  while (!stream.closed) {
    const { version } = changes
    const news = changes.since(position)
    if (news === null) {
      position = changes.position
      stream.send('reset', '{}', `${epoch}-${position}`)
    } else {
      for (const change of news) {
        position = change.position
        stream.send(change.name, change.json, `${epoch}-${position}`)
      }
    }
    await stream.drained()
    await changes.changed(version)
  }
}

/** -1, which is always too old, when the id is not of this epoch. */
function positionIn(epoch: string, eventId: string): number {
  const prefix = `${epoch}-`
  const position = eventId.startsWith(prefix) ? Number(eventId.slice(prefix.length)) : Number.NaN
  return Number.isSafeInteger(position) && position >= 0 ? position : -1
}
