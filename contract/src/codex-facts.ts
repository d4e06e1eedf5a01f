import { z } from 'zod'
import { empty, instant, slug } from './common.ts'
import { declare } from './operation.ts'
import { effect, role } from './roles.ts'
import { toolkitHealth } from './toolkits.ts'

export const operationFact = z.object({
  /** `jobs.cancel`, or `slug.operation` of a toolkit. */
  id: z.string(),
  title: z.string(),
  access: z.string().describe('a role, `superuser`, `signed-in`, `public`, or `delegated`'),
  effect,
  inputs: z.array(z.string()).describe('names of the fields'),
  toolkit: z.string().nullable().describe('null for what the product itself does'),
})
export type OperationFact = z.infer<typeof operationFact>

export const toolkitFact = z.object({
  slug,
  name: z.string(),
  version: z.string(),
  enabled: z.boolean(),
  health: toolkitHealth,
})
export type ToolkitFact = z.infer<typeof toolkitFact>

export const personaFact = z.object({
  slug: z.string(),
  name: z.string(),
  roles: z.array(role),
  superuser: z.boolean(),
  operations: z.array(z.string()).describe('ids or patterns such as `jobs.*`'),
  toolkitEffects: z.array(effect),
})
export type PersonaFact = z.infer<typeof personaFact>

export const degradedSignal = z.object({
  kind: z.enum(['part', 'toolkit']),
  name: z.string(),
  status: z.string(),
  message: z.string().nullable().describe('as it was reported'),
})

export const tenantFact = z.object({
  /** Of the installation. */
  version: z.string(),
  address: z.string().nullable().describe('where browsers reach it; null when it was not told'),
  processRoles: z.array(z.string()),
  notices: z.array(z.string()),
  degraded: z.array(degradedSignal),
})
export type TenantFact = z.infer<typeof tenantFact>

/** What a prompt may speak of, and what an agent has to know of where it works. Names of the environment, never values. */
export const facts = z.object({
  format: z.literal(1),
  takenAt: instant.nullable().describe('null: not of an installation, but of the product as it comes'),
  tenant: tenantFact.nullable().describe('null: not known'),
  routes: z.object({
    web: z.array(z.string()),
    api: z.array(z.string()).describe('method and path, such as `GET /api/jobs/:jobId`'),
  }),
  roles: z.array(z.string()),
  environment: z.array(z.string()),
  operations: z.array(operationFact),
  toolkits: z.array(toolkitFact).nullable().describe('null: not known'),
  personas: z.array(personaFact),
})
export type Facts = z.infer<typeof facts>

export const getCodexFacts = declare({
  id: 'codex.facts',
  title: 'Show what prompts may speak of',
  description:
    'Routes, roles, toolkits, operations, names of the environment, personas, and how the installation is. Prompts are checked against it and composed from it.',
  method: 'GET',
  path: '/codex/facts',
  access: 'toolkit.user',
  effect: 'read',
  input: empty,
  output: facts,
})

export const codexFactsOperations = [getCodexFacts] as const
