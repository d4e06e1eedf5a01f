import { z } from 'zod'
import { idempotencyKey, instant, json, justification, reason, slug } from './common.ts'
import { declare } from './operation.ts'
import { effect, role } from './roles.ts'

export const toolkitHealth = z.object({
  status: z.enum(['healthy', 'degraded', 'unhealthy', 'unknown']),
  message: z.string().nullable(),
  checkedAt: instant.nullable(),
})

export const toolkitOperation = z.object({
  /** `slug.operation`. */
  id: z.string(),
  operation: z.string(),
  title: z.string(),
  description: z.string(),
  mode: z.enum(['call', 'job']),
  effect,
  role,
  idempotent: z.boolean(),
  timeoutSeconds: z.number(),
  concurrency: z.number().int().nullable(),
  input: json.describe('JSON Schema'),
  output: json.describe('JSON Schema'),
})

export const toolkitSummary = z.object({
  slug,
  name: z.string(),
  description: z.string(),
  version: z.string(),
  enabled: z.boolean(),
  switched: z
    .object({ by: z.string().nullable(), why: z.string().nullable(), at: instant })
    .nullable()
    .describe('who enabled or disabled it last; null when nobody ever did'),
  bundled: z.boolean(),
  health: toolkitHealth,
  operations: z.number().int(),
  hasUi: z.boolean(),
})
export type ToolkitSummary = z.infer<typeof toolkitSummary>

export const toolkitHost = z.object({
  slug: z.string(),
  version: z.string(),
  pid: z.number().int(),
  startedAt: instant,
  residentBytes: z.number().int().nullable(),
  running: z.number().int().describe('calls and jobs in it now'),
  restarts: z.number().int(),
  lastExit: z.string().nullable(),
})

export const toolkitDetail = toolkitSummary.extend({
  manifest: json,
  uiUrl: z.string().nullable().describe('path of the ES module of its user interface'),
  versions: z.array(
    z.object({ version: z.string(), digest: z.string(), active: z.boolean(), addedAt: instant }),
  ),
  operationList: z.array(toolkitOperation),
  hosts: z.array(toolkitHost),
})
export type ToolkitDetail = z.infer<typeof toolkitDetail>

const bySlug = z.strictObject({ slug })
const switched = z.object({ toolkit: toolkitSummary })

export const listToolkits = declare({
  id: 'toolkits.list',
  title: 'List toolkits',
  method: 'GET',
  path: '/toolkits',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ items: z.array(toolkitSummary), nextCursor: z.null() }),
})

export const getToolkit = declare({
  id: 'toolkits.get',
  title: 'Show a toolkit',
  method: 'GET',
  path: '/toolkits/:slug',
  access: 'toolkit.user',
  effect: 'read',
  input: bySlug,
  output: z.object({ toolkit: toolkitDetail }),
})

export const callToolkit = declare({
  id: 'toolkits.call',
  title: "Call a toolkit's operation",
  description: 'Answers 200 with the result, or 202 with `{job}` when the operation is a job.',
  method: 'POST',
  path: '/toolkits/:slug/operations/:operation',
  access: 'delegated',
  effect: 'write',
  delegates: true,
  bodyField: 'input',
  headers: { idempotencyKey: 'idempotency-key' },
  input: bySlug.extend({
    operation: z.string().min(1).max(128),
    input: z.record(z.string(), z.unknown()).default({}),
    idempotencyKey: idempotencyKey
      .optional()
      .describe(
        'for jobs: the same key gives the same job; an operation that answers at once takes no notice',
      ),
    reason,
  }),
  output: json,
})

export const enableToolkit = declare({
  id: 'toolkits.enable',
  title: 'Enable a toolkit',
  method: 'POST',
  path: '/toolkits/:slug/enable',
  access: 'toolkit.curator',
  effect: 'write',
  input: bySlug.extend({ justification }),
  output: switched,
})

export const disableToolkit = declare({
  id: 'toolkits.disable',
  title: 'Disable a toolkit',
  description: 'Its operations are refused at once; jobs that run already are left to finish.',
  method: 'POST',
  path: '/toolkits/:slug/disable',
  access: 'toolkit.curator',
  effect: 'write',
  input: bySlug.extend({ justification }),
  output: switched,
})

const settings = z.record(z.string(), z.unknown())

export const getToolkitSettings = declare({
  id: 'toolkits.getSettings',
  title: "Read a toolkit's settings",
  method: 'GET',
  path: '/toolkits/:slug/settings',
  access: 'toolkit.curator',
  effect: 'read',
  input: bySlug,
  output: z.object({ settings, schema: json, version: z.number().int() }),
})

export const putToolkitSettings = declare({
  id: 'toolkits.putSettings',
  title: "Replace a toolkit's settings",
  method: 'PUT',
  path: '/toolkits/:slug/settings',
  access: 'toolkit.curator',
  effect: 'write',
  bodyField: 'settings',
  headers: { ifMatch: 'if-match' },
  input: bySlug.extend({
    settings,
    ifMatch: z
      .string()
      .max(40)
      .optional()
      .describe('version the change was made on; refused when it moved on'),
  }),
  output: z.object({ settings, version: z.number().int() }),
})

export const toolkitOperations = [
  listToolkits,
  getToolkit,
  callToolkit,
  enableToolkit,
  disableToolkit,
  getToolkitSettings,
  putToolkitSettings,
] as const
