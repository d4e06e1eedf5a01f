import type { Library } from '@sre-toolbox/codex'
import type { InputOf, OperationDeclaration, OutputOf } from '@sre-toolbox/contract'
import type { getWorkspace } from '@sre-toolbox/contract/codex/workspaces'
import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { fileOperations } from '../questions.ts'
import { backlogDesk } from './backlog.ts'
import { createCharts } from './charts.ts'
import { curationDesk } from './curation.ts'
import { memoryDesk } from './memory.ts'
import { type PromptDesk, promptDesk } from './prompts.ts'
import { sessionDesk } from './sessions.ts'
import { workspaceDesk } from './workspaces.ts'

/** For which workspace, on whose behalf, when, and how new things are to be called. */
export interface Call {
  readonly root: string
  readonly actor: string
  /** Milliseconds. */
  readonly now: number
  /** For the one session or entry that the call may make. */
  readonly id: string
  /** How git runs this product to merge the files by meaning. */
  readonly command: readonly string[]
}

type Answering<D extends OperationDeclaration> = (
  call: Call,
  input: InputOf<D>,
) => OutputOf<D> | Promise<OutputOf<D>>

type FileOperations = typeof fileOperations

/** All that reads or writes a workspace's files. It works with blocking calls, so it has a thread of its own. */
export type Desk = PromptDesk & {
  readonly [Verb in keyof FileOperations]: Answering<FileOperations[Verb]>
} & {
  readonly inspect: (
    call: Call,
    input: Record<never, never>,
  ) => Promise<Omit<OutputOf<typeof getWorkspace>, 'workspace'>>
  /** Of the product and of the repository. */
  readonly loadLibrary: (call: Call, input: Record<never, never>) => Library
  readonly journalRun: (call: Call, input: { readonly report: RunReport }) => Promise<Record<never, never>>
  readonly initialise: (call: Call, input: Record<never, never>) => Promise<{ created: string[] }>
}

export function createDesk(): Desk {
  return {
    ...workspaceDesk,
    ...backlogDesk,
    ...createCharts(),
    ...curationDesk,
    ...sessionDesk,
    ...memoryDesk,
    ...promptDesk,
  }
}
