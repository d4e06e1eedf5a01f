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
export function createPromptOperations(codex: Codex, facts: CodexFacts): Operation[] {
  const read = () => facts.read()
  // The product's own library does not change while it runs, and reading it takes a tenth of a second.
  let loaded: ReturnType<typeof load> | null = null
  const load = async () => {
    const own = await import('@sre-toolbox/codex/prompts')
    return { ...own, context: own.promptContext(undefined) }
  }
  const product = () => {
    loaded ??= load()
    return loaded
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
