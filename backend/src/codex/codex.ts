import type { Library } from '@sre-toolbox/codex'
import type { ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'
import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import { createChanges } from './changes.ts'
import type { Desk } from './desk/desk.ts'
import { createDeskThread } from './desk-thread.ts'
import { createLibraryView, type LibraryView } from './library.ts'
import type { RegisteredWorkspace, WorkspaceStore } from './ports.ts'
import { createWorkspaces } from './workspaces.ts'

export interface CodexDeps {
  readonly store: WorkspaceStore
  readonly events: EventBus
  readonly clock: Clock
  readonly ids: Ids
  /** Of the product and of the enabled toolkits. */
  readonly library: () => Library
  /** What of it the enabled toolkits add, and their prompts. */
  readonly additions: () => readonly ToolkitAdditions[]
  /** Which operations there are at this moment. */
  readonly offers: (operationId: string) => boolean
  /** Directories of the product itself, which never become workspaces. */
  readonly ownDirectories: readonly string[]
  /** How git runs this product to merge the codex's files. */
  readonly command: readonly string[]
  /** All that git sees of this process's environment. */
  readonly environment: Readonly<Record<string, string>>
}

export interface Codex {
  /** Of the product and of the enabled toolkits. */
  readonly library: LibraryView
  /** The same, and what the repository of a workspace adds to it. */
  libraryOf(workspaceId: string | undefined, caller: Caller): Promise<LibraryView>
  list(): Promise<RegisteredWorkspace[]>
  add(
    wanted: { name: string; directory: string; initialise: boolean },
    caller: Caller,
  ): Promise<{ workspace: RegisteredWorkspace; created: string[] }>
  remove(id: string): Promise<void>
  inspect(
    id: string,
    caller: Caller,
  ): Promise<{ workspace: RegisteredWorkspace } & Awaited<ReturnType<Desk['inspect']>>>
  /** Answers from the files of a workspace; what `writes` is announced. */
  ask<Verb extends keyof Desk>(
    verb: Verb,
    workspaceId: string,
    input: Parameters<Desk[Verb]>[1],
    caller: Caller,
    writes: boolean,
  ): Promise<Awaited<ReturnType<Desk[Verb]>>>
  require(id: string): Promise<RegisteredWorkspace>
  /** Adds what a run of a task came to, once: to the entry of the session the actor has open, else to one of its own. */
  journalRun(workspaceId: string, report: RunReport, actor: string): Promise<void>
  /** Announces what others changed. */
  lookForChanges(): Promise<void>
  close(): Promise<void>
}

const deadlineMs = 60_000

export function createCodex(deps: CodexDeps): Codex {
  const thread = createDeskThread({ environment: deps.environment, deadlineMs })
  const changes = createChanges(deps.events)
  const callFor = (root: string, { name: actor }: Pick<Caller, 'name'>) => ({
    root,
    actor,
    now: deps.clock.now(),
    id: deps.ids(),
    command: deps.command,
  })
  const workspaces = createWorkspaces({
    ...deps,
    initialise: (directory, caller) => thread.ask('initialise', callFor(directory, caller), {}),
  })

  const library = createLibraryView(deps)
  return {
    library,
    async libraryOf(workspaceId, caller) {
      if (workspaceId === undefined) return library
      const workspace = await workspaces.require(workspaceId)
      const here = await thread.ask('loadLibrary', callFor(workspace.directory, caller), {})
      return createLibraryView({ ...deps, repository: { workspace, library: here } })
    },
    list: () => workspaces.list(),
    async add(wanted, caller) {
      const added = await workspaces.add(wanted, caller)
      await changes.announce(added.workspace)
      return added
    },
    async remove(id) {
      await changes.announce(await workspaces.remove(id))
    },
    async inspect(id, caller) {
      const workspace = await workspaces.require(id)
      return { workspace, ...(await thread.ask('inspect', callFor(workspace.directory, caller), {})) }
    },
    ask: (verb, workspaceId, input, caller, writes) =>
      workspaces.require(workspaceId).then((workspace) => {
        const asked = thread.ask(verb, callFor(workspace.directory, caller), input)
        // Also when it failed: a commit may fail after the files were written.
        return writes ? asked.finally(() => changes.announce(workspace)) : asked
      }),
    require: (id) => workspaces.require(id),
    async journalRun(workspaceId, report, actor) {
      const workspace = await workspaces.require(workspaceId)
      await thread.ask('journalRun', callFor(workspace.directory, { name: actor }), { report })
      await changes.announce(workspace)
    },
    lookForChanges: async () => changes.look(await workspaces.list()),
    close: () => thread.close(),
  }
}
