import { z } from 'zod'
import { empty } from '../common.ts'
import { declare } from '../operation.ts'
import { effect, role } from '../roles.ts'

const slug = z.string().min(1).max(130)

/** Letters, digits and hyphens; of what a toolkit adds, the toolkit's slug and a dot before it. */
export const libraryName = z
  .string()
  .regex(
    /^([a-z0-9][a-z0-9_-]*\.)?[a-z0-9]+(-[a-z0-9]+)*$/,
    "lowercase letters, digits and single hyphens; a toolkit's begins with its slug and a dot",
  )
  .max(130)

const cameWith = {
  pullRequest: z.string().nullable().describe('null for what came with the product'),
  docs: z.array(z.string()).describe('files of the bundle or the repository'),
  code: z.array(z.string()),
}

export const libraryOrigin = z
  .union([
    z.object({ toolkit: z.string(), version: z.string(), ...cameWith }),
    z.object({ workspace: z.string().describe('its id'), name: z.string(), ...cameWith }),
  ])
  .nullable()
  .describe(
    'the toolkit that adds it, while that is enabled, or the repository of the workspace; null for the product itself',
  )
export type LibraryOrigin = z.infer<typeof libraryOrigin>

export const codexPersona = z.object({
  slug: z.string(),
  name: z.string(),
  scope: z.string(),
  entryRoutes: z.array(z.string()),
  sources: z.array(z.string()),
  roles: z.array(role),
  superuser: z.boolean(),
  operations: z
    .array(z.string())
    .describe(
      'ids and patterns such as `jobs.*`: a token of this persona can call no others. A toolkit’s persona has no tokens',
    ),
  toolkitEffects: z.array(effect).describe('what it may cause by operations of toolkits'),
  guardrails: z.array(z.object({ text: z.string(), check: z.string().nullable() })),
  origin: libraryOrigin,
})
export type CodexPersona = z.infer<typeof codexPersona>

const ofWorkspace = {
  workspaceId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('also what the repository of this workspace adds'),
}

export const listPersonas = declare({
  id: 'codex.listPersonas',
  title: 'List the personas',
  description: 'Those of the product, those of the toolkits that are enabled, and those of a repository.',
  method: 'GET',
  path: '/codex/personas',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(ofWorkspace),
  output: z.object({ items: z.array(codexPersona), nextCursor: z.null() }),
})

export const getPersona = declare({
  id: 'codex.getPersona',
  title: 'Show a persona',
  method: 'GET',
  path: '/codex/personas/:slug',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ slug, ...ofWorkspace }),
  output: z.object({ persona: codexPersona }),
})

const summary = {
  slug: z.string(),
  title: z.string(),
  group: z.enum(['monitoring', 'toolkits', 'access', 'documentation', 'diagnostics']),
  persona: z.string(),
  routes: z.array(z.string()),
  missingOperations: z.array(z.string()).describe('operations of its steps that this Toolbox does not offer'),
  runnable: z
    .boolean()
    .describe('nothing is missing; a task of a repository is run by the command, where it is checked out'),
  origin: libraryOrigin,
}
export const codexTaskSummary = z.object(summary)
export type CodexTaskSummary = z.infer<typeof codexTaskSummary>

const plain = z.union([z.string(), z.number(), z.boolean()])
const condition = z.object({
  value: z.string(),
  is: plain.optional(),
  isNot: plain.optional(),
  oneOf: z.array(z.string()).optional(),
  contains: z.string().optional(),
  exists: z.boolean().optional(),
  eachHas: z.array(z.string()).optional(),
})

export const codexTask = z.object({
  ...summary,
  inputs: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['text', 'number', 'choice', 'list', 'secret']),
      description: z.string(),
      required: z.boolean(),
      default: z.unknown().optional(),
      choices: z.array(z.string()).optional(),
      min: z.number().optional(),
      max: z.number().optional(),
    }),
  ),
  steps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      operation: z.string(),
      offered: z.boolean(),
      input: z.record(z.string(), z.unknown()),
      when: z.array(condition),
      forEach: z.string().nullable().describe('a list: the operation is called once for each item'),
      until: z.array(condition).nullable().describe('asked again until all hold'),
      within: z.union([z.number(), z.string()]).nullable().describe('for how many seconds at most'),
      mayFail: z.boolean(),
      confirm: z.string().nullable().describe('what a person is asked before the step is taken'),
      expect: z.array(condition),
      capture: z.array(z.object({ name: z.string(), from: z.string() })),
    }),
  ),
  success: z.array(
    z.object({
      text: z.string(),
      when: z.array(condition),
      holds: z.array(condition).describe('what shows that it is so; empty where people judge'),
    }),
  ),
  fallback: z.string().nullable().describe('what to do instead when a role is missing'),
  definition: z.record(z.string(), z.unknown()).describe('the task as data, to carry it out from elsewhere'),
})
export type CodexTask = z.infer<typeof codexTask>

export const listTasks = declare({
  id: 'codex.listTasks',
  title: 'List the tasks',
  description: 'The canonical ones, those of the toolkits that are enabled, and those of a repository.',
  method: 'GET',
  path: '/codex/tasks',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(ofWorkspace),
  output: z.object({ items: z.array(codexTaskSummary), nextCursor: z.null() }),
})

export const getTask = declare({
  id: 'codex.getTask',
  title: 'Show a task',
  method: 'GET',
  path: '/codex/tasks/:slug',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ slug, ...ofWorkspace }),
  output: z.object({ task: codexTask }),
})

const promptSummary = z.object({
  name: z.string().describe("the toolkit's slug, a dot, and its file's name without `.md`"),
  title: z.string().nullable(),
  persona: z.string().nullable(),
  task: z.string().nullable(),
  digest: z.string(),
  origin: libraryOrigin,
})

export const listToolkitPrompts = declare({
  id: 'codex.listToolkitPrompts',
  title: 'List the prompts of toolkits',
  description: 'Those that enabled toolkits bring. Those of a workspace are with the workspace.',
  method: 'GET',
  path: '/codex/prompts',
  access: 'toolkit.user',
  effect: 'read',
  input: empty,
  output: z.object({ items: z.array(promptSummary), nextCursor: z.null() }),
})

export const getToolkitPrompt = declare({
  id: 'codex.getToolkitPrompt',
  title: 'Show a prompt of a toolkit',
  method: 'GET',
  path: '/codex/prompts/:name',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ name: z.string().min(1).max(300) }),
  output: z.object({ prompt: promptSummary.extend({ text: z.string() }) }),
})
export type ToolkitPrompt = z.infer<typeof promptSummary> & { text: string }

export const libraryOperations = [
  listPersonas,
  getPersona,
  listTasks,
  getTask,
  listToolkitPrompts,
  getToolkitPrompt,
] as const
