import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CodexError } from '../kernel/errors.ts'
import { readYamlFiles } from '../kernel/yaml-files.ts'
import { type Persona, persona } from './persona.ts'

/** Where the personas that come with the package lie. */
export const ownPersonas = fileURLToPath(new URL('../../personas', import.meta.url))

/**
 * Reads every `*.yaml` of the directories as a persona, in order of slug. All faults are listed at once.
 * A slug may be defined only once: a repository adds personas, it does not loosen the given ones.
 */
export function loadPersonas(directories: readonly string[] = [ownPersonas]): Persona[] {
  const { files, faults } = readYamlFiles(directories)
  const personas = new Map<string, Persona>()
  for (const { file, value } of files) {
    const parsed = persona.safeParse(value)
    if (!parsed.success) faults.push(`${file}: ${z.prettifyError(parsed.error)}`)
    else if (personas.has(parsed.data.slug))
      faults.push(`${file}: the slug ${parsed.data.slug} is taken; choose another`)
    else personas.set(parsed.data.slug, parsed.data)
  }
  if (faults.length > 0) {
    throw new CodexError('personas_invalid', 'user', `Correct these persona files:\n${faults.join('\n')}`, {
      faults,
    })
  }
  return [...personas.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

/** The persona of a slug, or a refusal that lists the known ones. */
export function requirePersona(personas: readonly Persona[], slug: string): Persona {
  const found = personas.find((each) => each.slug === slug)
  if (found) return found
  const known = personas.map((each) => each.slug).join(', ')
  throw new CodexError('not_found', 'user', `There is no persona ${slug}. Known: ${known}.`)
}
