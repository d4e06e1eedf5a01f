import { type Library, loadLibrary } from '../library/load-library.ts'
import { loadPlaybook } from '../playbook/playbook.ts'
import { isThere } from '../workspace/is-there.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { PromptContext } from './check-prompt.ts'
import { builtInFacts, type Facts } from './facts.ts'

/** What prompts of a workspace are checked against and composed from. */
export function promptContext(
  workspace: Workspace | undefined,
  facts: Facts = builtInFacts(),
  /** What toolkits add, where a Toolbox was asked for it. */
  added?: readonly Library[],
): PromptContext {
  const all = [loadLibrary(workspace), ...(added ?? [])]
  const library = {
    personas: all.flatMap(({ personas }) => personas),
    tasks: all.flatMap(({ tasks }) => tasks),
  }
  return {
    library,
    facts,
    sections: sectionsOfPrompts(),
    toolkitsAsked: added !== undefined,
    ...(workspace && { repository: { exists: (path: string) => isThere(workspace, path) } }),
  }
}

/** What every prompt has, by the checklist. */
export function sectionsOfPrompts(): string[] {
  return loadPlaybook().checklist.map(({ section }) => section)
}
