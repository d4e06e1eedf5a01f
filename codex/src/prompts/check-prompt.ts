import type { Library } from '../library/load-library.ts'
import type { Finding } from '../text/finding.ts'
import { conflictMarkers } from '../text/read-text.ts'
import { checkNames } from './check-names.ts'
import { checkSections } from './check-sections.ts'
import type { Facts } from './facts.ts'
import { readPrompt } from './read-prompt.ts'

export type PromptContext = { library: Library; facts: Facts; sections: readonly string[] }

/** Lints one prompt; every finding has its place, in the order of the file. */
export async function checkPrompt(text: string, file: string, context: PromptContext): Promise<Finding[]> {
  const conflicts = conflictMarkers(text, file)
  if (conflicts.length > 0) return conflicts
  const { prompt, findings } = await readPrompt(text, file)
  const persona = context.library.personas.find((each) => each.slug === prompt.persona)
  const all = [
    ...findings,
    ...checkSections(prompt, persona, context.sections),
    ...checkNames(prompt, persona, context),
  ]
  return all.sort((a, b) => a.line - b.line || a.column - b.column)
}
