import type { GuardrailRule } from '../guardrails.ts'
import type { RunState } from '../run-state.ts'
import { lookUp } from '../template.ts'
import { callsOf, objectsIn, textsIn } from './looks.ts'

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

const idsIn = (value: unknown): Set<string> =>
  new Set(textsIn(value).flatMap((text) => text.match(uuid) ?? []))

/** Ids in the evidence came up in this run, and every job that it opened or steered is in the evidence. */
export const jobsCited: GuardrailRule = (run) => {
  const calls = callsOf(run, (operation) => operation.startsWith('jobs.'))
  if (calls.length === 0) return null
  const { evidence, steps, inputs } = run.report
  const touched = idsIn([run.answers, steps.map(({ input }) => input)])
  const cited = idsIn([evidence, inputs])
  const opened = idsIn(
    calls.flatMap(({ operation, input, answer }) => [
      input.jobId,
      operation === 'jobs.retry' || operation === 'jobs.submit' ? lookUp(answer, 'job.id') : null,
    ]),
  )
  return [
    ...[...idsIn(evidence)]
      .filter((id) => !touched.has(id))
      .map((id) => `The evidence cites ${id}, which this run never saw.`),
    ...[...opened]
      .filter((id) => !cited.has(id))
      .map((id) => `The run rests on job ${id}, and its evidence does not cite it.`),
  ]
}

/** A request to cancel is not a cancellation: the job's own state has to say so afterwards. */
export const cancellationConfirmed: GuardrailRule = (run) => {
  const cancels = callsOf(run, (operation) => operation === 'jobs.cancel')
  if (cancels.length === 0) return null
  return cancels.flatMap(({ index, input }) => {
    const later = looksAt(run, input.jobId).filter((look) => look.index > index)
    const last = later.at(-1)?.status
    if (last === 'cancelled') return []
    return [
      `Job ${input.jobId} was asked to cancel, and its state says ${last ?? 'nothing yet'}, not cancelled.`,
    ]
  })
}

/** A reason, and the broker's view of the job before and after. */
export const brokerStateShown: GuardrailRule = (run) => {
  const steered = callsOf(run, (operation) => operation === 'jobs.cancel' || operation === 'jobs.retry')
  if (steered.length === 0) return null
  const views = callsOf(run, (operation) => operation === 'jobs.inspect')
  const shown = objectsIn(run.report.evidence).filter((each) => 'brokerState' in each && 'keys' in each)
  return steered.flatMap(({ index, operation, input }) => [
    ...(String(input.reason ?? '').trim() ? [] : [`${operation} of ${input.jobId} was given no reason.`]),
    ...(views.some((view) => view.index < index) && shown.length > 0
      ? []
      : [`The broker's state before ${operation} is not shown.`]),
    ...(views.some((view) => view.index > index) && shown.length > 1
      ? []
      : [`The broker's state after ${operation} is not shown.`]),
  ])
}

function looksAt(run: RunState, jobId: unknown): { index: number; status: unknown }[] {
  return callsOf(run, (operation) => operation === 'jobs.get' || operation === 'jobs.inspect')
    .filter(({ input }) => input.jobId === jobId)
    .map(({ index, operation, answer }) => ({
      index,
      status: lookUp(answer, operation === 'jobs.get' ? 'job.status' : 'status'),
    }))
}
