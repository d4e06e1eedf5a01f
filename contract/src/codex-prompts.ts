import { z } from 'zod'
import { finding, inWorkspace } from './codex/common.ts'
import { libraryName } from './codex/library.ts'
import { id } from './common.ts'
import { declare } from './operation.ts'

const promptText = z.string().max(200_000)
const digest = z.string().describe('`sha256:…` of the text without its own digest, line ends made alike')
const forWorkspace = id
  .optional()
  .describe('with what this workspace adds to the personas and tasks; without, those of the product')

export const composePrompt = declare({
  id: 'codex.composePrompt',
  title: 'Compose a prompt',
  description:
    'From a persona, a task and the state of this Toolbox. The same facts and inputs give the same text, and it has no findings.',
  method: 'POST',
  path: '/codex/prompts/compose',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    persona: libraryName,
    task: libraryName,
    inputs: z
      .record(
        z.string().max(100),
        z.union([z.string().max(10_000), z.number(), z.array(z.string().max(1000)).max(100)]),
      )
      .default({})
      .describe('of the task; what is left out stays a placeholder'),
    workspaceId: forWorkspace,
  }),
  output: z.object({
    name: z.string().describe('what to save it as'),
    text: z.string(),
    digest,
    notOffered: z.array(z.string()).describe('operations of the task that this Toolbox does not have'),
    findings: z.array(finding),
  }),
})

export const checkPrompt = declare({
  id: 'codex.checkPrompt',
  title: 'Check a prompt',
  description: 'Against the facts of this Toolbox: `codex.facts`.',
  method: 'POST',
  path: '/codex/prompts/check',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ text: promptText, workspaceId: forWorkspace }),
  output: z.object({
    digest,
    pinned: z.string().nullable().describe('the digest that the front matter states'),
    findings: z.array(finding),
  }),
})

const promptSummary = z.object({
  name: z.string().describe("its file's name in ai/prompts, without `.md`"),
  title: z.string().nullable(),
  persona: z.string().nullable(),
  task: z.string().nullable(),
  version: z.string().describe('changes with every byte of the file'),
  digest,
  pinned: z.string().nullable(),
})
export type PromptSummary = z.infer<typeof promptSummary>

export const storedPrompt = promptSummary.extend({ text: z.string(), findings: z.array(finding) })
export type StoredPrompt = z.infer<typeof storedPrompt>

const byName = {
  ...inWorkspace,
  name: z
    .string()
    .regex(/^[^/\\\p{Cc}.][^/\\\p{Cc}]{0,99}$/u, 'no slashes, no leading dot, at most 100 characters'),
}
const version = z.string().max(100)

export const listPrompts = declare({
  id: 'codex.listPrompts',
  title: 'List the prompts of a workspace',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/prompts',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(inWorkspace),
  output: z.object({
    items: z.array(promptSummary.extend({ faults: z.number().int().describe('findings but hints') })),
    nextCursor: z.null(),
  }),
})

export const getPrompt = declare({
  id: 'codex.getPrompt',
  title: 'Show a prompt of a workspace',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/prompts/:name',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(byName),
  output: z.object({ prompt: storedPrompt }),
})

export const putPrompt = declare({
  id: 'codex.putPrompt',
  title: 'Write a prompt of a workspace',
  description:
    'It is written with its findings, which the answer lists. A prompt that is there is replaced only where `ifVersion` still holds.',
  method: 'PUT',
  path: '/codex/workspaces/:workspaceId/prompts/:name',
  access: 'toolkit.curator',
  effect: 'write',
  input: z.strictObject({
    ...byName,
    text: promptText,
    ifVersion: version.optional().describe('the version it was made from; leave it out for a new prompt'),
  }),
  output: z.object({ prompt: storedPrompt }),
})

export const removePrompt = declare({
  id: 'codex.removePrompt',
  title: 'Remove a prompt of a workspace',
  method: 'DELETE',
  path: '/codex/workspaces/:workspaceId/prompts/:name',
  access: 'toolkit.curator',
  effect: 'destructive',
  input: z.strictObject({ ...byName, ifVersion: version }),
  output: z.object({}),
})

export const codexPromptOperations = [
  composePrompt,
  checkPrompt,
  listPrompts,
  getPrompt,
  putPrompt,
  removePrompt,
] as const
