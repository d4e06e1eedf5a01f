import { setTimeout as sleep } from 'node:timers/promises'
import { type RunHost, type RunState, runTask } from '@sre-toolbox/codex/runbooks'
import type { RunReport, RunStep } from '@sre-toolbox/contract/codex-runs'
import type { JobProgress } from '@sre-toolbox/contract/jobs'
import type { Executor, Requester } from '../jobs/index.ts'
import type { Clock } from '../kernel/clock.ts'
import { toToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { RunAs } from '../toolkits/index.ts'
import type { Run, RunStore, TaskLibrary } from './ports.ts'
import type { RunJournal } from './run-journal.ts'

export interface RunJobDeps {
  readonly store: RunStore
  readonly library: TaskLibrary
  readonly runAs: RunAs
  /** The value behind `secret:…`; throws when the requester may not use secrets. */
  readonly resolveSecret: (requester: Requester, reference: string) => Promise<string>
  readonly journal: Pick<RunJournal, 'tell'>
  readonly clock: Clock
  readonly logger: Logger
}

type Work = Parameters<Executor['start']>[0]
type Reports = Parameters<Executor['start']>[1]
type Execution = ReturnType<Executor['start']>
type WorkEnd = Awaited<Execution['ended']>

/** Runs attempts of runs in this process: each step goes through the runner, as whoever asked for the run. */
export function createRunExecutor(deps: RunJobDeps): Executor {
  return {
    start(work, reports) {
      const stop = new AbortController()
      const killed = Promise.withResolvers<WorkEnd>()
      const ran = carryOut(deps, work, reports, stop.signal).catch((error: unknown): WorkEnd => {
        deps.logger.error({ error, jobId: work.jobId }, 'a run could not be carried on')
        const { code, message } = toToolboxError(error)
        return { kind: 'failed', code, message }
      })
      return {
        began: Promise.resolve(true),
        ended: Promise.race([ran, killed.promise]),
        abort: (reason) => stop.abort(new Error(reason)),
        // What a step has asked the runner for may still end; nothing of it is written to the run any more.
        async kill() {
          stop.abort(new Error('killed'))
          killed.resolve({ kind: 'exited', message: 'The run was stopped in the middle of a step.' })
        },
      }
    },
  }
}

async function carryOut(
  deps: RunJobDeps,
  work: Work,
  reports: Reports,
  signal: AbortSignal,
): Promise<WorkEnd> {
  const run = await deps.store.get(work.jobId)
  const found = run && deps.library.find(run.state.report.task)
  if (!run || !found) {
    return {
      kind: 'failed',
      code: 'task_missing',
      message: 'The task of this run is not in the library any more.',
    }
  }
  const tell = createTeller(reports, run.state)
  if (run.state.report.endedAt !== null) {
    // An attempt was cut off between the run's end and the job's.
    await journal(deps, run, run.state.report, tell)
    return endOf(run.state.report)
  }
  const host = hostFor(deps, work, run, signal, tell)
  const { report } = await runTask({ ...found, state: run.state, host, signal })
  if (signal.aborted) return { kind: 'failed', code: 'stopped', message: String(signal.reason?.message) }
  if (report.outcome === 'waiting') return { kind: 'waiting' }
  await journal(deps, run, report, tell)
  return endOf(report)
}

function hostFor(deps: RunJobDeps, work: Work, run: Run, stopped: AbortSignal, tell: Teller): RunHost {
  return {
    call: (operation, input, signal) =>
      deps.runAs(work.requestedBy, operation, input, { requestId: `job ${work.jobId}`, signal }),
    resolveSecret: (reference) => deps.resolveSecret(work.requestedBy, reference),
    async approve({ step, question }) {
      const answers = await deps.store.answers(work.jobId)
      const said = answers.find((each) => each.step === step && each.question === question)
      if (said) return { answer: said.answer, by: said.by, comment: said.comment }
      // What nobody knows the end of could not be approved beforehand.
      const isAsked = !question.startsWith('This step was begun')
      if (run.confirmed.includes(step) && isAsked) {
        return {
          answer: 'approved',
          by: run.requestedBy.name,
          comment: 'approved when the run was asked for',
        }
      }
      await tell.line('warn', `Waits for a person: ${question}`)
      return null
    },
    async save(state) {
      // What is stopped keeps the step that was under way as such; how the job ends says the rest.
      if (stopped.aborted) return
      if (!(await deps.store.save(work.jobId, work.attempt, state))) {
        throw new Error('A later attempt has this run.')
      }
      await tell.state(state)
    },
    now: () => new Date(deps.clock.now()),
    wait: async (milliseconds, signal) => {
      await sleep(milliseconds, undefined, { signal })
    },
  }
}

async function journal(deps: RunJobDeps, run: Run, report: RunReport, tell: Teller): Promise<void> {
  if (run.workspaceId === null) return
  try {
    await deps.journal.tell(run, report)
    await tell.line('info', `The report is in the journal of the workspace ${run.workspaceId}.`)
  } catch (error) {
    const { message } = toToolboxError(error)
    await tell.line('error', `The report is not in the journal yet; it is tried again: ${message}`)
  }
}

function endOf(report: RunReport): WorkEnd {
  if (report.outcome === 'succeeded') return { kind: 'succeeded', output: report }
  const step = report.steps.find(({ status }) => status === 'failed' || status === 'refused')
  if (step?.error) {
    return { kind: 'failed', code: step.error.code, message: `${step.title}: ${step.error.message}` }
  }
  const [finding] = report.findings
  if (finding) return { kind: 'failed', code: finding.code, message: finding.message }
  const rejected = step?.approval?.answer === 'rejected'
  const message = rejected
    ? `${step?.title}: rejected by ${step?.approval?.by}${step?.approval?.comment ? `: ${step.approval.comment}` : '.'}`
    : `The run ended as ${report.outcome}.`
  return { kind: 'failed', code: rejected ? 'rejected' : report.outcome, message }
}

interface Teller {
  line(level: 'info' | 'warn' | 'error', text: string): Promise<void>
  state(state: RunState): Promise<void>
}

/** Shows a run as jobs are shown: typed steps as progress, a line of the log for each change. */
function createTeller(reports: Reports, before: RunState): Teller {
  const seen = new Map(before.report.steps.map(({ id, status }) => [id, status]))
  const line: Teller['line'] = (level, text) => reports.log([{ at: Date.now(), level, text }])
  return {
    line,
    async state({ report: { steps } }) {
      reports.progress(progressOf(steps))
      for (const step of steps) {
        if (seen.get(step.id) === step.status) continue
        seen.set(step.id, step.status)
        const bad = step.status === 'failed' || step.status === 'refused'
        const why = step.error ? `: ${step.error.code}: ${step.error.message}` : ''
        await line(bad ? 'error' : 'info', `${step.id} (${step.operation}) ${step.status}${why}`)
      }
    },
  }
}

const shown: Readonly<Record<RunStep['status'], JobProgress['steps'][number]['status']>> = {
  pending: 'pending',
  running: 'running',
  waiting: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  refused: 'failed',
  skipped: 'skipped',
}

function progressOf(steps: readonly RunStep[]) {
  const done = steps.filter(
    ({ status }) => status !== 'pending' && status !== 'running' && status !== 'waiting',
  )
  const current = steps.find(({ status }) => status === 'running' || status === 'waiting')
  const question = current?.status === 'waiting' ? current.approval?.question : undefined
  return {
    percent: Math.floor((done.length / steps.length) * 100),
    done: done.length,
    total: steps.length,
    unit: 'steps',
    message: question ?? current?.title ?? '',
    steps: steps.map(({ id, title, status }) => ({ id, title, status: shown[status] })),
  }
}
