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

  return [
    bind(getCodexFacts, read),

    bind(composePrompt, async ({ workspaceId, ...request }, { caller }) => {
      const known = await read()
      if (workspaceId !== undefined) {
        return codex.ask('composePrompt', workspaceId, { ...request, facts: known }, caller, false)
      }
      const own = await import('@sre-toolbox/codex/prompts')
      try {
        return await own.composePrompt(request, own.promptContext(undefined, known))
      } catch (error) {
        throw error instanceof own.CodexError ? toRefusal(error) : error
      }
    }),

    bind(checkPrompt, async ({ workspaceId, text }, { caller }) => {
      const known = await read()
      if (workspaceId !== undefined) {
        return codex.ask('checkPrompt', workspaceId, { text, facts: known }, caller, false)
      }
      const own = await import('@sre-toolbox/codex/prompts')
      return {
        digest: own.digestOf(text),
        pinned: await own.pinOf(text),
        findings: await own.checkPrompt(text, 'prompt.md', own.promptContext(undefined, known)),
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
