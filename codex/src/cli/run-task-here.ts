import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import { CodexError, refuse } from '../kernel/errors.ts'
import { uuidv7 } from '../kernel/ids.ts'
import type { Library } from '../library/load-library.ts'
import type { RunHost } from '../runbooks/host.ts'
import { isRefusal } from '../runbooks/host.ts'
import { journalRun } from '../runbooks/journal-run.ts'
import { missingOperations, sayMissing } from '../runbooks/missing-operations.ts'
import { renderReport, stepLines } from '../runbooks/render-report.ts'
import { beginRun, type RunState, readState, takeOver } from '../runbooks/run-state.ts'
import { runTask } from '../runbooks/run-task.ts'
import type { CodexDeps } from '../sessions/deps.ts'
import { replaceFile } from '../workspace/files.ts'
import { localState } from '../workspace/local-state.ts'
import { seekWorkspace, type Workspace } from '../workspace/workspace.ts'
import { actorName } from './actor-name.ts'
import { type Answer, type CodexCommandDeps, noToolbox, sessionFor } from './command-line.ts'
import type { RunTaskOptions } from './run-task-command.ts'
import { resolveLocalSecret } from './secret-here.ts'
import { gatherInputs } from './task-inputs.ts'
import type { ConnectedToolbox, ToolboxPort } from './toolbox-port.ts'
import { taskAndPersona } from './toolkit-task.ts'

export interface RunHere {
  readonly slug: string
  readonly options: RunTaskOptions
  readonly deps: CodexCommandDeps
  readonly library: Library
  readonly connect: () => Promise<ConnectedToolbox>
}

/** Runs a task from a terminal: its steps are shown live, kept after each, and reported at the end. */
export async function runTaskHere({ slug, options, deps, library, connect }: RunHere): Promise<Answer> {
  const port = deps.toolbox
  if (!port) throw noToolbox()
  const { task, persona } = await taskAndPersona(slug, library, connect)
  const confirmed = (options.yesTo ?? '').split(',').filter((each) => each !== '')
  const unknown = confirmed.find((each) => task.steps.every(({ id }) => id !== each))
  if (unknown) {
    const steps = task.steps.map(({ id }) => id).join(', ')
    throw refuse(
      'validation_failed',
      `--yes-to names ${unknown}, which is no step of ${slug}. Its steps: ${steps}.`,
    )
  }

  const workspace = seekWorkspace(deps.cwd)
  const now = () => new Date(deps.now())
  const earlier = options.state ? earlierRun(resolve(deps.cwd, options.state)) : null
  if (earlier && earlier.report.task !== slug) {
    throw refuse(
      'validation_failed',
      `${options.state} holds a run of ${earlier.report.task}, not of ${slug}.`,
    )
  }
  const quiet = options.json ? { ...port, interactive: false } : port
  const given = earlier ? [JSON.stringify(earlier.report.inputs)] : []
  const inputs = await gatherInputs(task, [...given, ...(options.input ?? [])], quiet)
  const toolbox = await connect()
  const offered = await toolbox.offers()
  const missing = missingOperations(task, (id) => offered.has(id))
  if (missing.length > 0) {
    throw new CodexError('not_offered', 'operational', sayMissing(slug, missing), { missing })
  }

  const actor = options.actor ?? actorName(deps.env, workspace?.root ?? deps.cwd)
  const run = { id: uuidv7(now()), inputs, toolbox: toolbox.url, actor }
  const state = earlier ? takeOver(task, earlier, run) : beginRun(task, { ...run, now: now() })
  const file = stateFile(options, deps, workspace, run.id)
  const show = options.json ? () => {} : showSteps(deps, state, port.interactive)
  const stop = new AbortController()
  const release = port.onInterrupt(() => stop.abort(new Error('Interrupted.')))
  const host = hostHere({ deps, port: quiet, toolbox, actor, confirmed, keep: keepIn(file), show, stop })
  const { report } = await runTask({ task, persona, state, host, signal: stop.signal }).finally(release)

  if (options.report) replaceFile(resolve(deps.cwd, options.report), rendered(report, options.report))
  const session = sessionFor(options, deps)
  const speaker = { now, newId: () => uuidv7(now()), actor: () => actor, session }
  const journalled =
    workspace && options.journal ? await journal({ ...speaker, workspace }, report, deps) : false
  const again = goOnWith(report, file)
  return {
    data: { ...report, stateFile: file, journalled },
    text: `${renderReport(report)}${again ? `\n${again}` : ''}`,
    exitCode: stop.signal.aborted ? 130 : exitCodeOf(report),
  }
}

interface HostHere {
  readonly deps: CodexCommandDeps
  readonly port: ToolboxPort
  readonly toolbox: ConnectedToolbox
  readonly actor: string
  readonly confirmed: readonly string[]
  readonly keep: (state: RunState) => void
  readonly show: (state: RunState) => void
  readonly stop: AbortController
}

function hostHere({ deps, port, toolbox, actor, confirmed, keep, show, stop }: HostHere): RunHost {
  return {
    call: (operation, input) => toolbox.call(operation, input),
    resolveSecret: async (reference) => resolveLocalSecret(reference, deps),
    async approve({ step, title, operation, question, input }) {
      const said = { by: actor, comment: null }
      // What nobody knows the end of is never approved beforehand.
      const isAsked = question.startsWith('This step was begun')
      if (confirmed.includes(step) && !isAsked) return { answer: 'approved', ...said }
      if (!port.interactive) return null
      deps.stderr.write(`\n${title} (${operation})\n${JSON.stringify(input, null, 2)}\n`)
      const answer = await port.ask(`${question} [yes/no] `).then(
        (text) => text.trim().toLowerCase(),
        (error: unknown) => {
          if (!(error instanceof CodexError) || error.code !== 'interrupted') throw error
          stop.abort(error)
          return null
        },
      )
      // Who leaves has said neither: the run waits for somebody who does.
      if (answer === null) return null
      return { answer: answer === 'yes' || answer === 'y' ? 'approved' : 'rejected', ...said }
    },
    async save(state) {
      keep(state)
      show(state)
    },
    now: () => new Date(deps.now()),
    wait: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal })
    },
  }
}

/** What was done is reported also where the journal takes nothing. */
async function journal(
  speaker: CodexDeps,
  report: RunReport,
  { stderr }: CodexCommandDeps,
): Promise<boolean> {
  try {
    await journalRun(speaker, report)
    return true
  } catch (error) {
    if (!(error instanceof CodexError)) throw error
    stderr.write(`The journal has nothing of it: ${error.message}\n`)
    return false
  }
}

/** Says each change of a step once, on standard error. */
function showSteps(deps: CodexCommandDeps, before: RunState, live: boolean): (state: RunState) => void {
  const seen = new Map(before.report.steps.map(({ id, status }) => [id, status]))
  deps.stderr.write(`${before.report.title}\nOn ${before.report.toolbox}, run ${before.report.id}\n`)
  return ({ report }) => {
    for (const step of report.steps) {
      if (seen.get(step.id) === step.status) continue
      seen.set(step.id, step.status)
      const isSaid = step.status !== 'waiting' && (live || step.status !== 'running')
      if (isSaid) deps.stderr.write(`${stepLines(step).join('\n')}\n`)
    }
  }
}

function earlierRun(file: string): RunState | null {
  return existsSync(file) ? readState(readFileSync(file, 'utf8'), file) : null
}

function stateFile(
  { state }: RunTaskOptions,
  { cwd }: CodexCommandDeps,
  workspace: Workspace | undefined,
  id: string,
): string | null {
  if (state) return resolve(cwd, state)
  return workspace ? join(localState(workspace), 'runs', `${id}.json`) : null
}

function keepIn(file: string | null): (state: RunState) => void {
  return (state) => {
    if (file) replaceFile(file, `${JSON.stringify(state, null, 2)}\n`)
  }
}

function rendered(report: RunReport, file: string): string {
  return file.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report)
}

function goOnWith({ task, outcome, steps }: RunReport, file: string | null): string {
  if (outcome === 'succeeded') return ''
  const waiting = steps.find(({ status }) => status === 'waiting')
  const yes = waiting?.approval?.question.startsWith('This step was begun') ? '' : ` --yes-to ${waiting?.id}`
  const asks = waiting ? `It waits for a person: ${waiting.approval?.question}\n` : ''
  if (file === null)
    return `${asks}It was not kept: give --state <file> to be able to go on where it stops.\n`
  return `${asks}Go on where it stopped: toolbox codex tasks run ${task} --state ${file}${waiting ? yes : ''}\n`
}

function exitCodeOf({ outcome, steps }: RunReport): number {
  if (outcome === 'succeeded') return 0
  if (outcome === 'cancelled') return 130
  return steps.some(({ status, error }) => status === 'refused' && error && isRefusal(error)) ? 3 : 1
}
