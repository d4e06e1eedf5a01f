import {
  getPersona,
  getTask,
  getToolkitPrompt,
  listPersonas,
  listTasks,
  listToolkitPrompts,
} from '@sre-toolbox/contract/codex/library'
import type { Workspace } from '@sre-toolbox/contract/codex/workspaces'
import {
  addWorkspace,
  getWorkspace,
  listWorkspaces,
  removeWorkspace,
} from '@sre-toolbox/contract/codex/workspaces'
import { toInstant } from '../kernel/clock.ts'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Codex } from './codex.ts'
import type { RegisteredWorkspace } from './ports.ts'
import { fileOperations } from './questions.ts'

export function createCodexOperations(codex: Codex): Operation[] {
  const verbs = Object.keys(fileOperations) as (keyof typeof fileOperations)[]
  return [
    bind(listWorkspaces, async () => ({ items: (await codex.list()).map(show), nextCursor: null })),
    bind(addWorkspace, async (input, { caller, note }) => {
      const { workspace, created } = await codex.add(input, caller)
      note(`${workspace.directory} is the workspace ${workspace.id}.`)
      return { workspace: show(workspace), created }
    }),
    bind(removeWorkspace, async ({ workspaceId }) => {
      await codex.remove(workspaceId)
      return {}
    }),
    bind(getWorkspace, async ({ workspaceId }, { caller }) => {
      const { workspace, ...found } = await codex.inspect(workspaceId, caller)
      return { workspace: show(workspace), ...found }
    }),
    ...verbs.map((verb) => fileOperation(codex, verb)),
    bind(listPersonas, async ({ workspaceId }, { caller }) => ({
      items: (await codex.libraryOf(workspaceId, caller)).personas(),
      nextCursor: null,
    })),
    bind(getPersona, async ({ slug, workspaceId }, { caller }) => ({
      persona: (await codex.libraryOf(workspaceId, caller)).persona(slug),
    })),
    bind(listTasks, async ({ workspaceId }, { caller }) => ({
      items: (await codex.libraryOf(workspaceId, caller)).tasks(),
      nextCursor: null,
    })),
    bind(getTask, async ({ slug, workspaceId }, { caller }) => ({
      task: (await codex.libraryOf(workspaceId, caller)).task(slug),
    })),
    bind(listToolkitPrompts, () => ({
      items: codex.library.prompts().map(({ text: _text, ...summary }) => summary),
      nextCursor: null,
    })),
    bind(getToolkitPrompt, ({ name }) => ({ prompt: codex.library.prompt(name) })),
  ]
}

/** The desk answers as the declaration says: `Desk` is typed by the declarations. */
function fileOperation(codex: Codex, verb: keyof typeof fileOperations): Operation {
  const declaration = fileOperations[verb]
  return bind(declaration as Parameters<typeof bind>[0], async (input, { caller }) => {
    const { workspaceId, ...asked } = input as { workspaceId: string }
    return codex.ask(verb, workspaceId, asked as never, caller, declaration.effect !== 'read')
  })
}

function show({ addedAt, ...workspace }: RegisteredWorkspace): Workspace {
  return { ...workspace, addedAt: toInstant(addedAt) }
}
