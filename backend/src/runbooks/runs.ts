import { isDeepStrictEqual } from 'node:util'
import {
  beginRun,
  digestOf,
  missingOperations,
  type RunState,
  sayMissing,
  takeOver,
} from '@sre-toolbox/codex/runbooks'
import type { InputOf } from '@sre-toolbox/contract'
import type { answerRun, RunReport, RunSummary, runTask } from '@sre-toolbox/contract/codex-runs'
import { type Job, type Jobs, requesterOf } from '../jobs/index.ts'
import { requirePerson } from '../kernel/authorise.ts'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { RunContext } from '../kernel/operation.ts'
import { settled, toRunSummary } from './outcome.ts'
import type { Run, RunStore, TaskLibrary } from './ports.ts'

export interface RunsDeps {
  readonly store: RunStore
  readonly library: TaskLibrary
  readonly jobs: Pick<Jobs, 'submit' | 'get' | 'statuses' | 'resume'>
  readonly clock: Clock
  readonly version: string
  /** The address that reports name. */
  readonly toolbox: string
  readonly offers: (operationId: string) => boolean
  /** Refuses a workspace that nobody registered. */
  readonly requireWorkspace: (workspaceId: string) => Promise<unknown>
  /** Throws the refusal when the caller may not call the operation. */
  readonly authorise: (operationId: string, caller: Caller) => void
}

export interface Runs {
  start(input: InputOf<typeof runTask>, context: RunContext): Promise<Job>
  list(
    filter: Parameters<RunStore['list']>[0],
    page: Parameters<RunStore['list']>[1],
  ): Promise<{ items: RunSummary[]; nextCursor: string | null }>
  get(id: string): Promise<{ run: RunSummary; report: RunReport }>
  answer(input: InputOf<typeof answerRun>, caller: Caller): Promise<RunSummary>
}

/** The job is `codex.runTask`. */
export const runsToolkit = 'codex'
const operation = 'runTask'
const timeoutMs = 4 * 3_600_000

export function createRuns(deps: RunsDeps): Runs {
  const { store, jobs, clock } = deps

  async function require(id: string): Promise<Run> {
    const run = await store.get(id)
    if (run) return run
    throw new ToolboxError(
      'not_found',
      `There is no run ${id}. \`toolbox call codex.listRuns\` shows all there are.`,
    )
  }

  /** Null when retention has removed the job. */
  const statusOf = async (id: string) => (await jobs.statuses([id])).get(id) ?? null

  function requireTask(slug: string) {
    const found = deps.library.find(slug)
    if (!found) {
      throw new ToolboxError(
        'not_found',
        `There is no task ${slug}. Known: ${deps.library.slugs().join(', ')}.`,
      )
    }
    const missing = missingOperations(found.task, deps.offers)
    if (missing.length > 0) throw new ToolboxError('conflict', sayMissing(slug, missing), { missing })
    return found.task
  }

  /** A retry goes on where the run before it stopped, unless something about it is new. */
  async function stateFor(
    input: InputOf<typeof runTask>,
    retryOf: string | undefined,
  ): Promise<(jobId: string, actor: string) => RunState> {
    const task = requireTask(input.task)
    const earlier = retryOf === undefined ? null : await store.get(retryOf)
    const goesOn =
      earlier !== null &&
      earlier.state.taskDigest === digestOf(task) &&
      earlier.state.report.outcome !== 'succeeded' &&
      isDeepStrictEqual(earlier.state.report.inputs, input.inputs)
    return (id, actor) => {
      const run = { id, inputs: input.inputs, actor, toolbox: deps.toolbox }
      if (goesOn)
        return takeOver(
          task,
          { ...earlier.state, report: { ...earlier.state.report, toolbox: deps.toolbox } },
          run,
        )
      return beginRun(task, { ...run, now: new Date(clock.now()) })
    }
  }

  return {
    async start({ idempotencyKey, ...input }, context) {
      const { caller, submission } = context
      if (input.confirmed.length > 0) requirePerson(caller)
      if (input.workspaceId !== undefined) await deps.requireWorkspace(input.workspaceId)
      const newState = await stateFor(input, submission.retryOf)
      const requestedBy = requesterOf(caller)
      return jobs.submit(
        {
          toolkit: runsToolkit,
          operation,
          version: deps.version,
          input,
          // What a run has done is kept step by step, and a change whose end nobody knows is asked about, not repeated.
          idempotent: true,
          timeoutMs,
          caller,
          submission: { ...submission, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
        },
        async (jobId) => {
          const run: Run = {
            id: jobId,
            workspaceId: input.workspaceId ?? null,
            requestedBy: { id: requestedBy.id, name: requestedBy.name },
            confirmed: input.confirmed,
            createdAt: clock.now(),
            journalled: false,
            journalRefusal: null,
            state: newState(jobId, requestedBy.name),
          }
          await Promise.all([context.accepted(jobId), store.insert(run)])
        },
      )
    },

    async list(filter, page) {
      const runs = await store.list(filter, { ...page, limit: page.limit + 1 })
      const items = runs.slice(0, page.limit)
      const statuses = await jobs.statuses(items.map(({ id }) => id))
      return {
        items: items.map((run) => toRunSummary(run, statuses.get(run.id) ?? null)),
        nextCursor: runs.length > page.limit ? (items.at(-1)?.id ?? null) : null,
      }
    },

    async get(id) {
      const { state, ...run } = await require(id)
      const jobStatus = await statusOf(id)
      const { report } = state
      return { run: toRunSummary({ ...run, report }, jobStatus), report: settled(report, jobStatus) }
    },

    async answer({ runId, step: stepId, answer, comment }, caller) {
      const { state, ...run } = await require(runId)
      const step = state.report.steps.find(({ status }) => status === 'waiting')
      const jobStatus = await statusOf(runId)
      if (jobStatus !== 'waiting_approval' || !step?.approval) {
        const now = settled(state.report, jobStatus).outcome
        throw new ToolboxError('conflict', `The run waits for nobody: it is ${now}.`, { currentVersion: now })
      }
      if (step.id !== stepId) {
        throw new ToolboxError(
          'conflict',
          `The run waits at the step ${step.id}, not at ${stepId}. Read it again.`,
          {
            currentVersion: step.id,
          },
        )
      }
      deps.authorise(step.operation, caller)
      await store.answer({
        runId,
        step: step.id,
        question: step.approval.question,
        answer: answer === 'approve' ? 'approved' : 'rejected',
        by: caller.name,
        comment: comment ?? null,
        at: clock.now(),
      })
      await jobs.resume(runId)
      return toRunSummary({ ...run, report: state.report }, await statusOf(runId))
    },
  }
}
