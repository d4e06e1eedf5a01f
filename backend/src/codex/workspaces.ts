import type { Caller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import { checkDirectory, hasBacklog, isCheckout, refuse } from './directory.ts'
import type { RegisteredWorkspace, WorkspaceStore } from './ports.ts'

export interface Workspaces {
  list(): Promise<RegisteredWorkspace[]>
  /** Throws `not_found`. */
  require(id: string): Promise<RegisteredWorkspace>
  add(
    wanted: { name: string; directory: string; initialise: boolean },
    caller: Caller,
  ): Promise<{ workspace: RegisteredWorkspace; created: string[] }>
  /** Forgets it; its files stay. */
  remove(id: string): Promise<RegisteredWorkspace>
}

export interface WorkspacesDeps {
  readonly store: WorkspaceStore
  readonly clock: Clock
  readonly ids: Ids
  /** Directories of the product itself. */
  readonly ownDirectories: readonly string[]
  /** Makes the codex's files where they are missing. */
  readonly initialise: (directory: string, caller: Caller) => Promise<{ created: string[] }>
}

export function createWorkspaces(deps: WorkspacesDeps): Workspaces {
  const { store, clock, ids } = deps

  async function require(id: string): Promise<RegisteredWorkspace> {
    const found = await store.find(id)
    if (found) return found
    throw new ToolboxError(
      'not_found',
      `There is no workspace ${id}. codex.listWorkspaces shows all there are.`,
    )
  }

  async function refuseTaken(name: string, directory: string): Promise<void> {
    for (const other of await store.list()) {
      if (other.directory === directory) {
        throw new ToolboxError('conflict', `${directory} is registered already, as "${other.name}".`, {
          workspaceId: other.id,
        })
      }
      if (other.name === name) {
        throw new ToolboxError('conflict', `There is a workspace "${name}" already. Choose another name.`, {
          workspaceId: other.id,
        })
      }
    }
  }

  return {
    list: () => store.list(),
    require,

    async add({ name, directory: wanted, initialise }, caller) {
      const directory = await checkDirectory(wanted, deps.ownDirectories)
      await refuseTaken(name, directory)
      if (!initialise && !(await hasBacklog(directory))) {
        const what = (await isCheckout(directory))
          ? 'is a git repository without'
          : 'is no git repository and has no'
        throw refuse(
          `${directory} ${what} docs/TODO.yaml; give \`initialise: true\` to make the codex's files there`,
        )
      }
      const { created } = initialise ? await deps.initialise(directory, caller) : { created: [] }
      const addedBy = { id: caller.userId, name: caller.name }
      const workspace = { id: ids(), name, directory, addedBy, addedAt: clock.now() }
      // Somebody else may have been faster.
      if (!(await store.add(workspace))) await refuseTaken(name, directory)
      return { workspace, created }
    },

    async remove(id) {
      const workspace = await require(id)
      await store.remove(id)
      return workspace
    },
  }
}
