import { z } from 'zod'
import { empty, id, instant } from '../common.ts'
import { declare } from '../operation.ts'
import { counts, finding, inWorkspace, line } from './common.ts'
import { session } from './sessions.ts'

export const workspace = z.object({
  id,
  name: z.string(),
  directory: z.string().describe('absolute, without links'),
  addedBy: z.object({ id: z.string().nullable(), name: z.string() }),
  addedAt: instant,
})
export type Workspace = z.infer<typeof workspace>

/** Something that a crash or a hand edit left, and what would be done about it. */
export const ailment = z.object({ code: z.string(), message: z.string(), cure: z.string() })

export const checkout = z.object({
  branch: z.string().nullable().describe('null when no branch is checked out'),
  commit: z.string().nullable().describe('null before the first commit'),
  changedFiles: z.number().int().describe('changed, staged or new'),
})

export const workspaceStatus = z.object({
  focus: session.nullable().describe("the checkout's own session, as the command line works in it"),
  sessions: z.array(session).describe('open ones'),
  areas: z.array(z.object({ id: z.string(), title: z.string(), counts })),
  next: z.object({ task: z.string(), title: z.string(), reasons: z.array(z.string()) }).nullable(),
  blocked: z.array(z.object({ task: z.string(), reasons: z.array(z.string()) })),
})
export type WorkspaceStatus = z.infer<typeof workspaceStatus>

export const listWorkspaces = declare({
  id: 'codex.listWorkspaces',
  title: 'List the workspaces',
  method: 'GET',
  path: '/codex/workspaces',
  access: 'toolkit.user',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(workspace), nextCursor: z.null() }),
})

export const addWorkspace = declare({
  id: 'codex.addWorkspace',
  title: 'Register a workspace',
  description:
    'A directory of this server that holds docs/TODO.yaml; where several processes serve, all of them must see it. With ' +
    '`initialise`, the files of the codex are made where they are missing; what is there stays as it is.',
  method: 'POST',
  path: '/codex/workspaces',
  access: 'superuser',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    name: line.max(100),
    directory: z.string().min(1).max(4000),
    initialise: z.boolean().default(false),
  }),
  output: z.object({ workspace, created: z.array(z.string()).describe('files that were made') }),
})

export const removeWorkspace = declare({
  id: 'codex.removeWorkspace',
  title: 'Forget a workspace',
  description: 'Its files stay as they are.',
  method: 'DELETE',
  path: '/codex/workspaces/:workspaceId',
  access: 'superuser',
  effect: 'write',
  input: z.strictObject(inWorkspace),
  output: empty,
})

export const getWorkspace = declare({
  id: 'codex.getWorkspace',
  title: 'Show how a workspace is',
  description: 'Focus, sessions, counts, what is wrong with its files, and the state of the git checkout.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(inWorkspace),
  output: z.object({
    workspace,
    status: workspaceStatus.nullable().describe('null when the files can’t be read; `findings` say why'),
    findings: z.array(finding),
    ailments: z.array(ailment),
    checkout: checkout.nullable().describe('null outside git'),
    checkoutFault: z.string().nullable().describe('why git could not say'),
    writable: z.boolean(),
  }),
})

export const repairWorkspace = declare({
  id: 'codex.repairWorkspace',
  title: 'Put right what a crash or a hand edit left',
  description: 'What people wrote is left to people: `findings` are what remains.',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/repair',
  access: 'toolkit.curator',
  effect: 'write',
  input: z.strictObject(inWorkspace),
  output: z.object({ cured: z.array(ailment), findings: z.array(finding) }),
})

export const workspaceOperations = [
  listWorkspaces,
  addWorkspace,
  removeWorkspace,
  getWorkspace,
  repairWorkspace,
] as const
