import { z } from 'zod'
import { finding } from './codex/common.ts'
import { declare } from './operation.ts'

const promptText = z.string().max(200_000)
const digest = z.string().describe('`sha256:…` of the text without its own digest, line ends made alike')
/** A persona or task slug. */
const name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lowercase letters, digits and single hyphens')
  .max(80)
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
    persona: name,
    task: name,
    inputs: z
      .record(
        z.string().max(100),
        z.union([z.string().max(10_000), z.number(), z.array(z.string().max(1000)).max(100)]),
      )
      .default({})
      .describe('of the task; what is left out stays a placeholder'),
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
  input: z.strictObject({ text: promptText }),
  output: z.object({
    digest,
    pinned: z.string().nullable().describe('the digest that the front matter states'),
    findings: z.array(finding),
  }),
})

export const codexPromptOperations = [composePrompt, checkPrompt] as const
