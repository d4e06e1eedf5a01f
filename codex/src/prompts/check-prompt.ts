import type { Library } from '../library/load-library.ts'
import type { Finding } from '../text/finding.ts'
import { conflictMarkers } from '../text/read-text.ts'
import { checkEffects } from './check-effects.ts'
import { checkMatter } from './check-matter.ts'
import { checkNames } from './check-names.ts'
import { checkOrigin } from './check-origin.ts'
import { checkSections } from './check-sections.ts'
import { type Facts, toPersonaFact } from './facts.ts'
import type { Report } from './fault.ts'
import { readPrompt } from './read-prompt.ts'

export type PromptContext = {
  library: Library
  facts: Facts
  sections: readonly string[]
  /** Whether the library holds what toolkits add. Where it does not, their names are taken on trust. */
  toolkitsAsked: boolean
  /** The repository that a prompt is added to; absent for one that is added to none. */
  repository?: { exists: (path: string) => boolean }
}

/** Lints one prompt; every finding has its place, in the order of the file. */
export async function checkPrompt(text: string, file: string, context: PromptContext): Promise<Finding[]> {
  const conflicts = conflictMarkers(text, file)
  if (conflicts.length > 0) return conflicts
  const { prompt, findings } = await readPrompt(text, file)
  const report: Report = (line, column, fault) => {
    findings.push({ severity: 'error', ...fault, file, line, column })
  }
  const persona = personaIn(context, prompt.persona)
  checkMatter(prompt, persona, context, report)
  if (context.repository) checkOrigin(prompt, context.repository.exists, report)
  checkSections(prompt, persona, context.sections, report)
  checkNames(prompt, persona, context.facts, report)
  checkEffects(prompt, context.facts, report)
  return findings.sort((a, b) => a.line - b.line || a.column - b.column)
}

/** As the installation has it, since that is what it enforces; else as the library does. */
export function personaIn(
  { facts, library }: Pick<PromptContext, 'facts' | 'library'>,
  slug: string | undefined,
) {
  const added = library.personas.find((each) => each.slug === slug)
  return facts.personas.find((each) => each.slug === slug) ?? (added && toPersonaFact(added))
}
