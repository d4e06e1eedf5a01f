import { operations } from '@sre-toolbox/contract'
import type { GuardrailRule } from '../guardrails.ts'
import { isRefusal } from '../host.ts'
import { isSecretReference } from '../secrets.ts'
import { callsOf } from './looks.ts'

const effectOf = (operation: string) => operations.find(({ id }) => id === operation)?.effect ?? 'write'
const said = (value: unknown): boolean => typeof value === 'string' && value.trim().length >= 3

/** After a role was missing, nothing is changed any more. */
export const stoppedWhenRefused: GuardrailRule = ({ report }) => {
  const refused = report.steps.findIndex(({ error }) => error !== null && isRefusal(error))
  if (refused < 0) return []
  return report.steps
    .slice(refused + 1)
    .filter(({ status, operation }) => status === 'succeeded' && effectOf(operation) !== 'read')
    .map(({ id }) => `Step ${id} changed something after ${report.steps[refused]?.id} was refused.`)
}

/** Which toolkit, and why. */
export const justified: GuardrailRule = (run) => {
  const changes = callsOf(
    run,
    (operation) =>
      /^toolkits\.(enable|disable|rollback|uninstall)$/.test(operation) && effectOf(operation) !== 'read',
  )
  if (changes.length === 0) return null
  return changes
    .filter(({ input }) => !said(input.slug) || !said(input.justification))
    .map(({ operation }) => `${operation} names no toolkit, or says no reason.`)
}

/** Every change of users and providers says for the audit what it changes and why. */
export const changesSummarised: GuardrailRule = (run) => {
  const changes = callsOf(
    run,
    (operation) => /^(users|authProviders)\./.test(operation) && effectOf(operation) !== 'read',
  ).filter(({ operation }) => operation !== 'authProviders.test')
  if (changes.length === 0) return null
  return changes
    .filter(({ input }) => !said(input.summary))
    .map(({ operation }) => `${operation} has no summary for the audit.`)
}

/** Secrets went in by reference, and nothing in the report is one. */
export const noSecretValues: GuardrailRule = ({ report }, task) => {
  const names = Object.keys(task.inputs).filter((name) => task.inputs[name]?.type === 'secret')
  if (names.length === 0) return null
  return names
    .filter((name) => name in report.inputs && !isSecretReference(String(report.inputs[name])))
    .map((name) => `The input ${name} is no reference to a secret.`)
}
