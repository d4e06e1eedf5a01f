import type { CodexStatus } from '../sessions/read-status.ts'

/** The status for a terminal. */
export function statusText(status: CodexStatus, now: Date): string {
  const { focus, lost, sessions, areas, next, blocked } = status
  const lines: string[] = []
  if (focus) {
    lines.push(`focus    ${focus.task}  ${focus.title}`, `         because: ${focus.why}`)
    lines.push(`         ${focus.state}, claim ${leaseText(focus.until, now)}, session ${focus.id}`)
  } else if (lost) lines.push(`focus    none; ${lost.task} was taken over by ${lost.by} at ${lost.at}`)
  else lines.push('focus    none; `toolbox codex start` claims the next task')
  const others = sessions.filter((each) => each.id !== focus?.id)
  for (const { actor, task, state, until } of others) {
    lines.push(`session  ${task}  ${actor}, ${state}, claim ${leaseText(until, now)}`)
  }
  lines.push(
    next
      ? `next     ${next.task}  ${next.title}  (${next.reasons.join(', ')})`
      : 'next     nothing can be worked on now',
  )
  for (const { task, reasons } of blocked) lines.push(`blocked  ${task}  ${reasons.join('; ')}`)
  const width = Math.max(4, ...areas.map(({ id }) => id.length))
  if (areas.length > 0) lines.push('', `${'area'.padEnd(width)}  backlog  in progress  blocked  done`)
  for (const { id, counts } of areas) {
    const cells = [
      String(counts.backlog).padStart(7),
      String(counts.in_progress).padStart(11),
      String(counts.blocked).padStart(7),
      String(counts.done).padStart(4),
    ]
    lines.push(`${id.padEnd(width)}  ${cells.join('  ')}`)
  }
  if (status.faults > 0)
    lines.push('', `${status.faults} faults in the backlog; \`toolbox codex check\` lists them`)
  if (status.writeCutOff)
    lines.push('', 'A write was cut off; the next one finishes it, or `toolbox codex doctor --repair`.')
  return lines.join('\n')
}

function leaseText(until: string, now: Date): string {
  const minutes = Math.round((Date.parse(until) - now.getTime()) / 60_000)
  if (minutes <= 0) return `ended ${until}`
  return minutes < 120 ? `for ${minutes} min` : `for ${Math.round(minutes / 60)} h`
}
