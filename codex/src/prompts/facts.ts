import { readFileSync } from 'node:fs'
import { type Facts, facts, type OperationFact, type PersonaFact } from '@sre-toolbox/contract/codex-facts'
import { declaredFacts } from '@sre-toolbox/contract/declared-facts'
import { parse } from 'yaml'
import { z } from 'zod'
import { refuse } from '../kernel/errors.ts'
import { loadPersonas } from '../personas/load-personas.ts'
import type { Persona } from '../personas/persona.ts'

export type { Facts, OperationFact }

/** The facts of the product as it comes: what no installation has been asked about is null. */
export function builtInFacts(): Facts {
  const personas = loadPersonas().map(toPersonaFact)
  return { format: 1, takenAt: null, tenant: null, ...declaredFacts(), toolkits: null, personas }
}

export function toPersonaFact({
  slug,
  name,
  roles,
  superuser,
  operations,
  toolkitEffects,
}: Persona): PersonaFact {
  return { slug, name, roles, superuser, operations, toolkitEffects }
}

/** Reads facts that `toolbox codex facts` exported (JSON, or YAML). */
export function loadFacts(file: string): Facts {
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refuse('facts_unreadable', `The facts in ${file} can't be read: ${(error as Error).message}`)
  }
  return parseFacts(value, file)
}

/** Checks facts that came from outside; `source` is named in the refusal. */
export function parseFacts(value: unknown, source: string): Facts {
  const parsed = facts.safeParse(value)
  if (parsed.success) return parsed.data
  throw refuse(
    'facts_invalid',
    `The facts in ${source} are incomplete; export them with \`toolbox codex facts\`:\n${z.prettifyError(parsed.error)}`,
  )
}

/** Whether a path is one of the routes; `:name` stands for a segment, `*` for any rest. */
export function isRoute(routes: readonly string[], path: string): boolean {
  const given = path.replace(/[?#].*$/, '').split('/')
  const open = given.at(-1) === '*'
  return routes.some((route) => fits(route.split('/'), given) || (open && fits(given, route.split('/'))))
}

/** The pattern may be open at its end; what is looked for may be so, too, and then covers a route. */
function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === '*'
  const fixed = open ? pattern.slice(0, -1) : pattern
  if (open ? path.length < fixed.length : path.length !== fixed.length) return false
  return fixed.every((part, index) => {
    const other = path[index] ?? ''
    return part === other || (part.startsWith(':') && other !== '' && other !== '*')
  })
}
