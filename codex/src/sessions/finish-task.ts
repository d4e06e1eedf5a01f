import type { BoxAnswer, Step } from '../events/event.ts'
import type { Session } from '../events/session.ts'
import { refuse } from '../kernel/errors.ts'
import { changeMemory } from '../memory/change-memory.ts'
import { readMemory } from '../memory/memory.ts'
import { createGit } from '../workspace/git.ts'
import { findCheckout } from '../workspace/workspace.ts'
import { answerBoxes, type BoxChoices, boxesOf } from './check-boxes.ts'
import { commitWithMemory, filesToCommit, requireStaged } from './commit.ts'
import { leaveSession, requireSession, spokenFor } from './current-session.ts'
import type { CodexDeps } from './deps.ts'
import { runCommand } from './run-command.ts'
import { entryFor } from './session-entry.ts'

/** What can be seen from outside now that the task is done. */
export type Outcome = { kind: 'api' | 'route' | 'log' | 'metric'; text: string }

export type DoneRequest = {
  lesson: string
  outcomes: readonly Outcome[]
  /** Shell commands that prove the outcome; each must succeed. */
  verify: readonly string[]
  boxes: BoxChoices
  /** `false` leaves the commit to the caller; `all` takes unstaged and new files along. */
  commit: { all: boolean; message?: string } | false
}

type DoneStep = Extract<Step, { type: 'done' }>

/** How many files the journal names; the pull request names all. */
const mostFiles = 20

export type Done = { session: Session; answers: BoxAnswer[]; commit: string | undefined }

/** Closes a task: outcome shown, boxes answered, lesson journalled, focus cleared, code and docs in one commit. */
export async function finishTask(
  deps: CodexDeps,
  request: DoneRequest,
  output: (text: string) => void,
): Promise<Done> {
  const { workspace } = deps
  const lesson = request.lesson.trim()
  if (lesson === '') throw refuse('no_lesson', 'What was learnt? Give --lesson.')
  if (request.outcomes.every((each) => each.text.trim() === '')) {
    throw refuse('no_outcome', 'What can be seen from outside now? Give --api, --route, --log or --metric.')
  }
  const wanted = spokenFor(deps)
  requireSession((await readMemory(workspace)).history.sessions, wanted)
  const git = request.commit && findCheckout(workspace.root) ? createGit(workspace.root) : undefined
  const all = request.commit !== false && request.commit.all
  if (git) await requireStaged(git, all)
  const answers = answerBoxes(boxesOf(workspace), request.boxes)
  const commands = [
    ...request.verify,
    ...answers.flatMap((each) => (each.how === 'ran' ? [each.command] : [])),
  ]
  for (const command of new Set(commands)) await runCommand(command, workspace.root, output)

  const changed = git ? await filesToCommit(git, all) : []
  const now = deps.now()
  const outcome = request.outcomes.map((each) => `${each.kind}: ${each.text}`).join('; ')
  const what: DoneStep = { type: 'done', outcome, lesson, checks: request.verify, boxes: answers, changed }
  let before: Session | undefined
  await changeMemory(workspace, now, ({ history }) => {
    // Checks may have taken long: the claim is looked at again before anything is written.
    before = requireSession(history.sessions, wanted)
    return {
      steps: { session: before.id, steps: [what] },
      edits: [{ kind: 'setTask', task: before.task, set: { status: 'done' } }],
      journal: entryFor(before, now, ...bulletsOf(what)),
    }
  })
  const { history } = await readMemory(workspace)
  const session = history.sessions.find((each) => each.id === before?.id) as Session
  leaveSession(workspace, session.id)
  if (!git || request.commit === false) return { session, answers, commit: undefined }
  const message = request.commit.message ?? `${session.title}\n\nCloses ${session.task}. ${outcome}.`
  return { session, answers, commit: await commitWithMemory(workspace, git, message, all) }
}

function bulletsOf({ outcome, lesson, checks, boxes, changed = [] }: DoneStep): string[] {
  const proof = checks.length === 0 ? 'not checked by a command' : `checked by ${checks.map(code).join(', ')}`
  const files = changed.slice(0, mostFiles).map(code).join(', ')
  const more = changed.length > mostFiles ? ` and ${changed.length - mostFiles} more` : ''
  return [
    `Done. Outcome (${proof}): ${outcome}`,
    `Lesson: ${lesson}`,
    ...(changed.length > 0 ? [`Changed: ${files}${more}`] : []),
    ...boxes.map(answerLine),
  ]
}

/** How a box was answered, in a line. */
export function answerLine(answer: BoxAnswer): string {
  if (answer.how === 'waived') return `Box waived: ${answer.box} (${answer.reason})`
  return answer.how === 'ran' ? `Box run: ${answer.box}` : `Box confirmed: ${answer.box}`
}

function code(command: string): string {
  return `\`${command}\``
}
