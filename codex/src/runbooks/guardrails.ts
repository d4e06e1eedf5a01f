import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { GuardrailCheck, Persona } from '../personas/persona.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import { changesSummarised, justified, noSecretValues, stoppedWhenRefused } from './guardrails/changes.ts'
import { brokerStateShown, cancellationConfirmed, jobsCited } from './guardrails/jobs.ts'
import { errorsVerbatim, placeholderUsed, specifiersNamed } from './guardrails/loading.ts'
import { quotesVerified } from './guardrails/quotes.ts'
import type { RunState } from './run-state.ts'

/** What speaks against a run; null where it did nothing that the guardrail is about. */
export type GuardrailRule = (run: RunState, task: TaskDefinition) => string[] | null

const rules: Readonly<Record<GuardrailCheck, GuardrailRule>> = {
  job_ids_cited: jobsCited,
  cancellation_confirmed: cancellationConfirmed,
  broker_state_shown: brokerStateShown,
  role_held: stoppedWhenRefused,
  superuser_held: stoppedWhenRefused,
  placeholder_when_missing: placeholderUsed,
  justification_given: justified,
  change_summarised: changesSummarised,
  no_secret_values: noSecretValues,
  quotes_exist: quotesVerified,
  instructions_quoted: quotesVerified,
  errors_verbatim: errorsVerbatim,
  specifiers_named: specifiersNamed,
}

/** Holds a run up to its persona's guardrails, wherever it was carried out. */
export function checkGuardrails(
  task: TaskDefinition,
  persona: Pick<Persona, 'guardrails'>,
  run: RunState,
): Pick<RunReport, 'guardrails' | 'findings'> {
  const findings: RunReport['findings'] = []
  const guardrails = persona.guardrails.map(({ text, check }): RunReport['guardrails'][number] => {
    if (!check) return { text, verdict: 'for_people' }
    const faults = rules[check](run, task)
    if (!faults) return { text, verdict: 'not_concerned' }
    findings.push(...faults.map((message) => ({ code: check, message })))
    return { text, verdict: faults.length > 0 ? 'broken' : 'held' }
  })
  return { guardrails, findings }
}
