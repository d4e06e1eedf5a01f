import { requireTask } from '../backlog/edit-backlog.ts'
import { readEvents } from '../events/chain.ts'
import type { BoxAnswer, Event } from '../events/event.ts'
import { eventFile } from '../events/read-history.ts'
import { refuse } from '../kernel/errors.ts'
import { readMemory, readText } from '../memory/memory.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { readBoxes } from './check-boxes.ts'
import { answerLine } from './finish-task.ts'

/** The body of the pull request for a task that is done: its evidence, then the template with its boxes answered. */
export async function pullRequestBody(workspace: Workspace, task: string | undefined): Promise<string> {
  const { history, backlog } = await readMemory(workspace)
  const finished = history.sessions
    .filter(
      (each) =>
        each.state === 'done' && (task === undefined || each.task === task || each.task.endsWith(`/${task}`)),
    )
    .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
  const session = finished.at(-1)
  if (!session) {
    if (task !== undefined) requireTask(backlog.backlog, task)
    throw refuse(
      'not_done',
      `${task === undefined ? 'No task is done yet' : `${task} is not done yet`}. \`toolbox codex done\` comes first.`,
    )
  }
  const path = eventFile(session.id)
  const { events } = readEvents(readText(workspace, path) ?? '', path)
  const done = events.find((event): event is Extract<Event, { type: 'done' }> => event.type === 'done')
  if (!done) throw refuse('not_done', `${session.task} is not done yet. \`toolbox codex done\` comes first.`)
  const changed = done.changed ?? []
  const notes = events.flatMap((event) => (event.type === 'noted' ? [`- ${event.text}`] : []))
  const checks = done.checks.map((command) => `- \`${command}\` succeeded`)
  const sections = [
    `## ${session.title}`,
    `Task \`${session.task}\`, session \`${session.id}\`.\n\nWhy: ${session.why}`,
    `### Outcome\n\n${done.outcome}`,
    checks.length > 0 ? `### Evidence\n\n${checks.join('\n')}` : '',
    listed(
      'Changed',
      changed.filter((path) => !isDocument(path)),
    ),
    listed('Documentation', changed.filter(isDocument)),
    notes.length > 0 ? `### Notes\n\n${notes.join('\n')}` : '',
    `### Lesson\n\n${done.lesson}`,
    fillTemplate(readText(workspace, paths.pullRequestTemplate) ?? '', done.boxes).trim(),
  ]
  return `${sections.filter((each) => each !== '').join('\n\n')}\n`
}

function listed(heading: string, files: readonly string[]): string {
  return files.length > 0 ? `### ${heading}\n\n${files.map((path) => `- \`${path}\``).join('\n')}` : ''
}

function isDocument(path: string): boolean {
  return /\.(?:md|mdx|rst|adoc|txt)$/i.test(path)
}

/** Ticks what was confirmed or run; a waived box stays open and says why. */
function fillTemplate(template: string, answers: readonly BoxAnswer[]): string {
  let filled = template
  for (const box of readBoxes(template).toReversed()) {
    const answer = answers.find((each) => each.box === box.text)
    if (answer?.how === 'waived') {
      const end = filled.indexOf('\n', box.offset)
      const at = end === -1 ? filled.length : end
      filled = `${filled.slice(0, at).trimEnd()} — ${answerLine(answer).split(': ')[0]?.toLowerCase()}: ${answer.reason}${filled.slice(at)}`
    } else if (answer) filled = `${filled.slice(0, box.offset)}x${filled.slice(box.offset + 1)}`
  }
  return filled
}
