import { operations } from '@sre-toolbox/contract'
import type { RunReport, RunStep } from '@sre-toolbox/contract/codex-runs'
import type { Persona } from '../personas/persona.ts'
import type { TaskDefinition, TaskStep } from '../tasks/task.ts'
import { captureFrom } from './capture.ts'
import { allHold, checkCondition } from './conditions.ts'
import { checkGuardrails } from './guardrails.ts'
import { type ApprovalAnswer, isRefusal, type RunHost, toRunError } from './host.ts'
import type { RunState } from './run-state.ts'
import { shownInput, takeStep } from './take-step.ts'
import { fill, type Scope } from './template.ts'

export interface RunRequest {
  readonly task: TaskDefinition
  readonly persona: Persona
  readonly state: RunState
  readonly host: RunHost
  readonly signal: AbortSignal
}

/**
 * Carries a run on from where it stands to its end, or to an approval that nobody has given yet. Every change is kept by
 * the host before the next step is taken; the answer is the run as it was kept last.
 */
export async function runTask({ task, persona, state, host, signal }: RunRequest): Promise<RunState> {
  const run = structuredClone(state)
  const { report, answers } = run
  const now = () => host.now().toISOString()
  let unkept: unknown
  async function keep(): Promise<void> {
    await host.save(structuredClone(run)).catch((error: unknown) => {
      unkept = error
      throw error
    })
  }
  const scope = (): Scope => ({
    inputs: report.inputs,
    steps: answers,
    evidence: report.evidence,
    errors: Object.fromEntries(report.steps.map(({ id, error }) => [id, error])),
  })

  async function end(outcome: RunReport['outcome']): Promise<RunState> {
    report.outcome = outcome
    report.endedAt = now()
    const { guardrails, findings } = checkGuardrails(task, persona, run)
    report.guardrails = guardrails
    report.findings.push(...findings)
    if (outcome === 'succeeded' && report.findings.length > 0) report.outcome = 'failed'
    if (report.outcome !== 'succeeded' && report.outcome !== 'cancelled')
      report.fallback = fallbackOf(task, report)
    await keep()
    return run
  }

  /** A person's answer, asked for where the step says so, and where nobody knows whether it took effect already. */
  async function approved(step: TaskStep, record: RunStep, question: string): Promise<boolean | null> {
    const input = shownInput(step, scope())
    if (record.approval?.question !== question) {
      record.approval = { question, answer: null, by: null, at: null, comment: null }
    }
    record.input = input
    record.status = 'waiting'
    report.outcome = 'waiting'
    await keep()
    const { id, title, operation } = step
    const answer: ApprovalAnswer | null = await host.approve(
      { step: id, title, operation, question, input },
      signal,
    )
    if (!answer) return null
    record.approval = { question, ...answer, at: now() }
    report.outcome = 'running'
    return answer.answer === 'approved'
  }

  for (const [index, step] of task.steps.entries()) {
    const record = report.steps[index] as RunStep
    if (isDone(step, record)) continue
    if (signal.aborted) return end('cancelled')
    if (!allHold(step.when, scope())) {
      record.status = 'skipped'
      await keep()
      continue
    }
    try {
      const question = questionOf(step, record, scope())
      if (question !== null) {
        const yes = await approved(step, record, question)
        if (yes === null) return run
        if (!yes) {
          record.status = 'refused'
          record.endedAt = now()
          return end('rejected')
        }
      }
      record.input = shownInput(step, scope())
      record.status = 'running'
      record.startedAt = now()
      await keep()
      const { answer, calls } = await takeStep(host, task, step, scope(), signal, `${report.id}/${step.id}`)
      answers[step.id] = answer
      record.calls = calls
      record.checks = step.expect.map((each) => checkCondition(each, scope()))
      for (const each of step.capture) report.evidence[each.name] = captureFrom(each, scope())
      record.endedAt = now()
      const unmet = record.checks.find(({ holds }) => !holds)
      if (unmet) {
        const message = `Expected that ${unmet.text}, and found ${JSON.stringify(unmet.found)}.`
        record.error = { code: 'expectation_failed', message }
        record.status = 'failed'
        return end('failed')
      }
      record.status = 'succeeded'
      await keep()
    } catch (thrown) {
      if (thrown === unkept) throw thrown
      // The step stays under way: whoever goes on can't know whether it took effect.
      if (signal.aborted) return end('cancelled')
      record.error = toRunError(thrown)
      record.endedAt = now()
      record.status = isRefusal(record.error) ? 'refused' : 'failed'
      if (!step.mayFail) return end(record.status)
      await keep()
    }
  }

  report.success = task.success
    .filter(({ when }) => allHold(when, scope()))
    .map(({ text, holds }) => ({ text, met: holds.length === 0 ? null : allHold(holds, scope()) }))
  for (const { text, met } of report.success) {
    if (met === false) report.findings.push({ code: 'criterion_not_met', message: text })
  }
  return end('succeeded')
}

function isDone(step: TaskStep, { status }: RunStep): boolean {
  if (status === 'succeeded' || status === 'skipped') return true
  return step.mayFail && (status === 'failed' || status === 'refused')
}

/** What a person has to be asked before the step is taken; null for nothing. */
function questionOf(step: TaskStep, record: RunStep, scope: Scope): string | null {
  const { status, startedAt, approval } = record
  const effect = operations.find(({ id }) => id === step.operation)?.effect ?? 'write'
  const stopped = status === 'running' || (status === 'waiting' && approval?.question.startsWith(uncertain))
  if (stopped && effect !== 'read') {
    return `${uncertain} at ${startedAt}, and whether it took effect is not known. Check, then say whether to take it again.`
  }
  return step.confirm === undefined ? null : String(fill(step.confirm, scope))
}

const uncertain = 'This step was begun'

function fallbackOf(task: TaskDefinition, { steps, outcome }: RunReport): string {
  const role = steps.find(({ error }) => error?.requiredRole)?.error?.requiredRole
  const ask = role ? `Ask someone who holds ${role} to run it, at ${task.routes[0]}. ` : ''
  const rejected = outcome === 'rejected' ? 'A person rejected it; ask them why before trying again. ' : ''
  return `${rejected}${ask}${task.fallback ?? ''}`.trim() || `Do it by hand at ${task.routes[0]}.`
}
