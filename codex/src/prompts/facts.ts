import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { refuse } from '../kernel/errors.ts'

const facts = z.object({
  routes: z.array(z.string()),
  roles: z.array(z.string()),
  environment: z.array(z.string()),
  operations: z.array(z.string()),
})

/** What a prompt may name. */
export type Facts = z.infer<typeof facts>

const ownFacts = new URL('../../facts/product.yaml', import.meta.url)

/** Reads facts from a file (YAML or JSON); those of the product by default. */
export function loadFacts(file: string | URL = ownFacts): Facts {
  let value: unknown
  try {
    value = parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw refuse('facts_unreadable', `The facts in ${file} can't be read: ${(error as Error).message}`)
  }
  const parsed = facts.safeParse(value)
  if (parsed.success) return parsed.data
  throw refuse('facts_invalid', `The facts in ${file} are incomplete:\n${z.prettifyError(parsed.error)}`)
}

/** Whether a path is one of the routes; `:name` stands for a segment, `*` for any rest. */
export function isRoute(facts: Facts, path: string): boolean {
  const given = path.replace(/[?#].*$/, '').split('/')
  return facts.routes.some((route) => {
    const parts = route.split('/')
    const open = parts.at(-1) === '*'
    const fixed = open ? parts.slice(0, -1) : parts
    if (open ? given.length < fixed.length : given.length !== fixed.length) return false
    return fixed.every(
      (part, index) => part === given[index] || (part.startsWith(':') && given[index] !== ''),
    )
  })
}
