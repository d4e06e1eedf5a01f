import { loadLibrary } from '../library/load-library.ts'
import { loadPlaybook } from '../playbook/playbook.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { PromptContext } from './check-prompt.ts'
import { builtInFacts, type Facts } from './facts.ts'

/** What prompts of a workspace are checked against and composed from. */
export function promptContext(
  workspace: Workspace | undefined,
  facts: Facts = builtInFacts(),
): PromptContext {
  return { library: loadLibrary(workspace), facts, sections: sectionsOfPrompts() }
}

/** What every prompt has, by the checklist. */
export function sectionsOfPrompts(): string[] {
  return loadPlaybook().checklist.map(({ section }) => section)
}
