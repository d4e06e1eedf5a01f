import { z } from 'zod'
import { origin } from '../library/origin.ts'

/** Checks that a transcript or an answer can be put to; a guardrail without one is for people to judge. */
const guardrailCheck = z.enum([
  'job_ids_cited',
  'cancellation_confirmed',
  'broker_state_shown',
  'role_held',
  'superuser_held',
  'placeholder_when_missing',
  'justification_given',
  'change_summarised',
  'no_secret_values',
  'quotes_exist',
  'instructions_quoted',
  'errors_verbatim',
  'specifiers_named',
])

/** An operation id such as `jobs.cancel`, or every operation of a capability such as `jobs.*`. */
const operationPattern = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9-]*\.(\*|[a-z][A-Za-z0-9]*)$/,
    'write an operation id (jobs.cancel) or a capability (jobs.*)',
  )

export const persona = z.strictObject({
  name: z.string().min(1),
  slug: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lowercase letters, digits and single hyphens'),
  scope: z.string().min(1),
  entryRoutes: z.array(z.string().startsWith('/')).min(1),
  /** Directories of the repository that the persona speaks from. */
  sources: z.array(z.string()).default([]),
  roles: z.array(z.enum(['toolkit.user', 'toolkit.curator', 'system.admin'])).min(1),
  superuser: z.boolean(),
  operations: z.array(operationPattern).min(1),
  /** Effects of the toolkits' own operations that the persona may cause; none when empty. */
  toolkitEffects: z.array(z.enum(['read', 'write', 'destructive'])),
  guardrails: z.array(z.strictObject({ text: z.string().min(1), check: guardrailCheck.optional() })).min(1),
  /** For a persona that a repository adds. */
  origin: origin.optional(),
})

export type Persona = z.infer<typeof persona>
export type GuardrailCheck = z.infer<typeof guardrailCheck>

/** Whether the persona may call a core operation, whatever roles its holder has. */
export function personaAllows(who: Pick<Persona, 'operations'>, operation: string): boolean {
  const capability = `${operation.slice(0, operation.indexOf('.'))}.*`
  return who.operations.includes(operation) || who.operations.includes(capability)
}
