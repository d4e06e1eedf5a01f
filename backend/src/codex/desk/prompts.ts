import {
  checkPrompt,
  composePrompt,
  createPromptShelf,
  digestOf,
  type Facts,
  promptContext,
  readPrompt,
  type StoredPrompt,
  textOf,
} from '@sre-toolbox/codex/prompts'
import type { InputOf, OperationDeclaration, OutputOf } from '@sre-toolbox/contract'
import type * as contract from '@sre-toolbox/contract/codex-prompts'
import { workspaceOf } from './deps.ts'
import type { Call } from './desk.ts'

type Judging<D extends OperationDeclaration> = (
  call: Call,
  input: Omit<InputOf<D>, 'workspaceId'> & { readonly facts: Facts },
) => Promise<OutputOf<D>>

/** Prompts of a workspace, judged by the facts that come with the question. */
export type PromptDesk = {
  readonly [Verb in
    | 'composePrompt'
    | 'checkPrompt'
    | 'listPrompts'
    | 'getPrompt'
    | 'putPrompt'
    | 'removePrompt']: Judging<(typeof contract)[Verb]>
}

export const promptDesk: PromptDesk = {
  composePrompt: (call, { facts, ...request }) =>
    composePrompt(request, promptContext(workspaceOf(call), facts)),

  async checkPrompt(call, { text, facts }) {
    const { pinned } = await headOf(text)
    const context = promptContext(workspaceOf(call), facts)
    return { digest: digestOf(text), pinned, findings: await checkPrompt(text, 'prompt.md', context) }
  },

  async listPrompts(call, { facts }) {
    const judge = judgeOf(call, facts)
    const prompts = await Promise.all(createPromptShelf(workspaceOf(call)).list().map(judge))
    const items = prompts.map(({ text: _text, findings, ...summary }) => ({
      ...summary,
      faults: findings.filter(({ severity }) => severity !== 'hint').length,
    }))
    return { items, nextCursor: null }
  },

  async getPrompt(call, { name, facts }) {
    return { prompt: await judgeOf(call, facts)(createPromptShelf(workspaceOf(call)).require(name)) }
  },

  async putPrompt(call, { name, text, ifVersion, facts }) {
    const stored = await createPromptShelf(workspaceOf(call)).put(name, text, ifVersion)
    return { prompt: await judgeOf(call, facts)(stored) }
  },

  async removePrompt(call, { name, ifVersion }) {
    await createPromptShelf(workspaceOf(call)).remove(name, ifVersion)
    return {}
  },
}

function judgeOf(call: Call, facts: Facts) {
  const context = promptContext(workspaceOf(call), facts)
  return async ({ name, file, text, version, unreadable }: StoredPrompt) => ({
    name,
    ...(await headOf(text)),
    version,
    digest: digestOf(text),
    text,
    findings: unreadable.length > 0 ? unreadable : await checkPrompt(text, file, context),
  })
}

async function headOf(text: string) {
  const { matter } = (await readPrompt(text, '')).prompt
  const of = (key: string): string | null => textOf(matter, key) ?? null
  return { title: of('title'), persona: of('persona'), task: of('task'), pinned: of('digest') }
}
