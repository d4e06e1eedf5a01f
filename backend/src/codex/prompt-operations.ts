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
export function createPromptOperations(
  codex: Codex,
  facts: CodexFacts,
  library: { readonly all: () => Library; readonly added: () => readonly Library[] },
): Operation[] {
  const read = () => facts.read()
  /** The desk has the files; what the server knows comes with the question. */
  const known = async () => ({
    facts: await read(),
    added: library.added().map(({ personas, tasks }) => ({ personas, tasks })),
  })
  let sections: readonly string[] | null = null
  /** The library as it is now: that of the product, and of the toolkits that are enabled. */
  const product = async () => {
    const own = await import('@sre-toolbox/codex/prompts')
    sections ??= own.sectionsOfPrompts()
    return { ...own, context: { library: library.all(), sections, toolkitsAsked: true } }
  }

  return [
    bind(getCodexFacts, read),

    bind(composePrompt, async ({ workspaceId, ...request }, { caller }) => {
      if (workspaceId !== undefined) {
        return codex.ask('composePrompt', workspaceId, { ...request, ...(await known()) }, caller, false)
      }
      const own = await product()
      try {
        return await own.composePrompt(request, { ...own.context, facts: await read() })
      } catch (error) {
        throw error instanceof own.CodexError ? toRefusal(error) : error
      }
    }),

    bind(checkPrompt, async ({ workspaceId, text }, { caller }) => {
      if (workspaceId !== undefined) {
        return codex.ask('checkPrompt', workspaceId, { text, ...(await known()) }, caller, false)
      }
      const own = await product()
      return {
        digest: own.digestOf(text),
        pinned: await own.pinOf(text),
        findings: await own.checkPrompt(text, 'prompt.md', { ...own.context, facts: await read() }),
      }
    }),

    bind(listPrompts, async ({ workspaceId }, { caller }) =>
      codex.ask('listPrompts', workspaceId, await known(), caller, false),
    ),
    bind(getPrompt, async ({ workspaceId, name }, { caller }) =>
      codex.ask('getPrompt', workspaceId, { name, ...(await known()) }, caller, false),
    ),
    bind(putPrompt, async ({ workspaceId, ...input }, { caller }) =>
      codex.ask('putPrompt', workspaceId, { ...input, ...(await known()) }, caller, true),
    ),
    bind(removePrompt, async ({ workspaceId, ...input }, { caller }) =>
      codex.ask('removePrompt', workspaceId, { ...input, ...(await known()) }, caller, true),
    ),
  ]
}
