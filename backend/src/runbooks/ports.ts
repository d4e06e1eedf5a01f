import type { Persona } from '@sre-toolbox/codex'
import type { RunState, TaskDefinition } from '@sre-toolbox/codex/runbooks'
import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { Requester } from '../jobs/index.ts'

/** A run of a task. The job that carries it out has the same id. */
export interface Run {
  readonly id: string
  readonly workspaceId: string | null
  readonly requestedBy: Pick<Requester, 'id' | 'name'>
  /** Steps that the person who asked approved beforehand. */
  readonly confirmed: readonly string[]
  /** Milliseconds. */
  readonly createdAt: number
  /** What it came to is in the journal of its workspace. */
  readonly journalled: boolean
  /** Why the workspace would not take it when it was last asked. */
  readonly journalRefusal: string | null
  readonly state: RunState
}

/** A run without what its steps answered. */
export type ListedRun = Omit<Run, 'state'> & { readonly report: RunReport }

export interface RunAnswer {
  readonly runId: string
  readonly step: string
  readonly question: string
  readonly answer: 'approved' | 'rejected'
  readonly by: string
  readonly comment: string | null
  /** Milliseconds. */
  readonly at: number
}

export interface RunStore {
  /** Does nothing when it is known. Written in the turn it is called in, so that it shares a commit with its job. */
  insert(run: Run): Promise<void>
  get(id: string): Promise<Run | null>
  /** Newest first; `cursor` is the last id seen. */
  list(
    filter: { readonly task?: string | undefined; readonly workspaceId?: string | undefined },
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<ListedRun[]>
  /** False when a later attempt has the run: then nothing was changed. */
  save(id: string, attempt: number, state: RunState): Promise<boolean>
  /** The first answer to a question stays. */
  answer(answer: RunAnswer): Promise<void>
  answers(runId: string): Promise<RunAnswer[]>
  /** Of runs for a workspace, those whose journal doesn't have them yet, oldest first; `after` is the last id seen. */
  untold(after: string | undefined, limit: number): Promise<ListedRun[]>
  told(id: string): Promise<void>
  /** The journal would not take it, for this reason; it stays untold. */
  refused(id: string, reason: string): Promise<void>
  /** Ids of runs whose job was removed. */
  jobless(limit: number): Promise<string[]>
  delete(ids: readonly string[]): Promise<void>
}

export interface TaskLibrary {
  find(slug: string): { readonly task: TaskDefinition; readonly persona: Persona } | undefined
  slugs(): string[]
}
