import type { Ranking } from '../backlog/next-task.ts'
import type { Answer } from './command-line.ts'

const waitingShown = 10

/** The next tasks with their reasons, and why the others wait. */
export function nextAnswer({ candidates, waiting, done }: Ranking, count: number): Answer {
  const [first, ...others] = candidates.slice(0, count)
  const data = {
    next: first ? { task: first.task.address, title: first.task.title, reasons: first.reasons } : null,
    others: others.map(({ task, reasons }) => ({ task: task.address, title: task.title, reasons })),
    ready: candidates.length,
    waiting: waiting.map(({ task, reasons }) => ({ task: task.address, reasons })),
    done,
  }
  const lines = first
    ? [`${first.task.address}  ${first.task.title}`, `  because: ${first.reasons.join(', ')}`]
    : [nothing(waiting.length, done)]
  if (others.length > 0) lines.push('', 'then')
  for (const { task, reasons } of others)
    lines.push(`  ${task.address}  ${task.title}  (${reasons.join(', ')})`)
  if (waiting.length > 0) lines.push('', `waiting (${waiting.length})`)
  for (const { task, reasons } of waiting.slice(0, waitingShown))
    lines.push(`  ${task.address}  ${reasons.join('; ')}`)
  if (waiting.length > waitingShown)
    lines.push(`  … and ${waiting.length - waitingShown} more; --json lists all`)
  return { data, text: lines.join('\n') }
}

function nothing(waiting: number, done: number): string {
  if (waiting > 0) return 'Nothing can be worked on now.'
  return done > 0
    ? 'Everything on the backlog is done. `toolbox codex add` puts a task on it.'
    : 'The backlog has no tasks. `toolbox codex add-area` makes an area, `toolbox codex add` puts a task into it.'
}
