import type { Library } from '@sre-toolbox/codex'
import { getCodexFacts } from '@sre-toolbox/contract/codex-facts'
import {
  checkPrompt,
  composePrompt,
  getPrompt,
  listPrompts,
  putPrompt,
  removePrompt,
} from '@sre-toolbox/contract/codex-prompts'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Codex } from './codex.ts'
import type { CodexFacts } from './facts.ts'
import { toRefusal } from './faults.ts'

/** Facts, and what is made, kept and judged by them. */
export function createPromptOperations(codex: Codex, facts: CodexFacts, library: () => Library): Operation[] {
  const read = () => facts.read()
  let sections: readonly string[] | null = null
  /** The library as it is now: that of the product, and of the toolkits that are enabled. */
  const product = async () => {
    const own = await import('@sre-toolbox/codex/prompts')
    sections ??= own.sectionsOfPrompts()
    return { ...own, context: { library: library(), sections } }
  }

  return [
    bind(getCodexFacts, read),

    bind(composePrompt, async ({ workspaceId, ...request }, { caller }) => {
      const known = await read()
      if (workspaceId !== undefined) {
        return codex.ask('composePrompt', workspaceId, { ...request, facts: known }, caller, false)
      }
      const own = await product()
      try {
        return await own.composePrompt(request, { ...own.context, facts: known })
      } catch (error) {
        throw error instanceof own.CodexError ? toRefusal(error) : error
      }
    }),

    bind(checkPrompt, async ({ workspaceId, text }, { caller }) => {
      const known = await read()
      if (workspaceId !== undefined) {
        return codex.ask('checkPrompt', workspaceId, { text, facts: known }, caller, false)
      }
      const own = await product()
      return {
        digest: own.digestOf(text),
        pinned: await own.pinOf(text),
        findings: await own.checkPrompt(text, 'prompt.md', { ...own.context, facts: known }),
      }
    }),

    bind(listPrompts, async ({ workspaceId }, { caller }) =>
      codex.ask('listPrompts', workspaceId, { facts: await read() }, caller, false),
    ),
    bind(getPrompt, async ({ workspaceId, name }, { caller }) =>
      codex.ask('getPrompt', workspaceId, { name, facts: await read() }, caller, false),
    ),
    bind(putPrompt, async ({ workspaceId, ...input }, { caller }) =>
      codex.ask('putPrompt', workspaceId, { ...input, facts: await read() }, caller, true),
    ),
    bind(removePrompt, async ({ workspaceId, ...input }, { caller }) =>
      codex.ask('removePrompt', workspaceId, { ...input, facts: await read() }, caller, true),
    ),
  ]
}
