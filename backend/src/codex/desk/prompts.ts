import type { Library } from '@sre-toolbox/codex'
import { loadLibrary } from '@sre-toolbox/codex/library'
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
import type { Call, Desk } from './desk.ts'

/** What the server knows and the files do not say. */
interface Known {
  readonly facts: Facts
  /** What the enabled toolkits add to the library. */
  readonly added: readonly Library[]
}

type Judging<D extends OperationDeclaration> = (
  call: Call,
  input: Omit<InputOf<D>, 'workspaceId'> & Known,
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

export const promptDesk: PromptDesk & Pick<Desk, 'loadLibrary'> = {
  loadLibrary: (call) => loadLibrary(workspaceOf(call)),

  composePrompt: (call, { facts, added, ...request }) =>
    composePrompt(request, promptContext(workspaceOf(call), facts, added)),

  async checkPrompt(call, { text, facts, added }) {
    const { pinned } = await headOf(text)
    const context = promptContext(workspaceOf(call), facts, added)
    return { digest: digestOf(text), pinned, findings: await checkPrompt(text, 'prompt.md', context) }
  },

  async listPrompts(call, known) {
    const judge = judgeOf(call, known)
    const prompts = await Promise.all(createPromptShelf(workspaceOf(call)).list().map(judge))
    const items = prompts.map(({ text: _text, findings, ...summary }) => ({
      ...summary,
      faults: findings.filter(({ severity }) => severity !== 'hint').length,
    }))
    return { items, nextCursor: null }
  },

  async getPrompt(call, { name, ...known }) {
    return { prompt: await judgeOf(call, known)(createPromptShelf(workspaceOf(call)).require(name)) }
  },

  async putPrompt(call, { name, text, ifVersion, ...known }) {
    const stored = await createPromptShelf(workspaceOf(call)).put(name, text, ifVersion)
    return { prompt: await judgeOf(call, known)(stored) }
  },

  async removePrompt(call, { name, ifVersion }) {
    await createPromptShelf(workspaceOf(call)).remove(name, ifVersion)
    return {}
  },
}

function judgeOf(call: Call, { facts, added }: Known) {
  const context = promptContext(workspaceOf(call), facts, added)
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
