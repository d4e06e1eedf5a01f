import type { GuardrailRule } from '../guardrails.ts'
import { lookUp } from '../template.ts'
import { callsOf, objectsIn, textsIn } from './looks.ts'

/** What the evidence gives as an error is word for word what the Toolbox said. */
export const errorsVerbatim: GuardrailRule = (run) => {
  const said = new Set(textsIn([run.answers, run.report.steps.map(({ error }) => error)]))
  const errors = objectsIn(run.report.evidence).flatMap((each) =>
    ['error', 'message', 'cause'].flatMap((name) => textsIn(each[name])),
  )
  if (errors.length === 0) return null
  return errors
    .filter((error) => !said.has(error))
    .map((error) => `“${error}” is not what the Toolbox said word for word.`)
}

/** Every attempt to load an interface names the specifier it was made with. */
export const specifiersNamed: GuardrailRule = (run) => {
  const calls = callsOf(run, (operation) => operation.startsWith('diagnostics.'))
  if (calls.length === 0) return null
  const attempts = objectsIn(run.report.evidence).filter((each) => 'specifier' in each)
  return attempts
    .filter(({ specifier }) => !textsIn(specifier).some((text) => /local|remote/.test(text)))
    .map(() => 'An attempt to load an interface does not say which specifier it used, local or remote.')
}

/** Where browsers can't be given an interface, the report offers what the placeholder offers: the operations. */
export const placeholderUsed: GuardrailRule = (run) => {
  const missing = callsOf(run, (operation) => operation === 'diagnostics.compareSpecifiers').filter(
    ({ answer }) => lookUp(answer, 'remote.reachable') !== true,
  )
  if (missing.length === 0) return null
  const named = run.report.evidence.operations
  return Array.isArray(named) && named.length > 0
    ? []
    : ['The interface does not load, and the report does not name the operations to use instead.']
}
