import { getCodexFacts } from '@sre-toolbox/contract/codex-facts'
import { checkPrompt, composePrompt } from '@sre-toolbox/contract/codex-prompts'
import { bind, type Operation } from '../kernel/operation.ts'
import type { CodexFacts } from './facts.ts'
import { toRefusal } from './faults.ts'

/** Facts, and what is made and judged by them. */
export function createPromptOperations(facts: CodexFacts): Operation[] {
  const load = () => import('@sre-toolbox/codex/prompts')

  return [
    bind(getCodexFacts, () => facts.read()),

    bind(composePrompt, async (input) => {
      const codex = await load()
      const context = codex.promptContext(undefined, await facts.read())
      try {
        return await codex.composePrompt(input, context)
      } catch (error) {
        throw error instanceof codex.CodexError ? toRefusal(error) : error
      }
    }),

    bind(checkPrompt, async ({ text }) => {
      const codex = await load()
      const context = codex.promptContext(undefined, await facts.read())
      return {
        digest: codex.digestOf(text),
        pinned: await codex.pinOf(text),
        findings: await codex.checkPrompt(text, 'prompt.md', context),
      }
    }),
  ]
}
