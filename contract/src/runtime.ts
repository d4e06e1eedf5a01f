import { z } from 'zod'
import { empty, instant } from './common.ts'
import { declare } from './operation.ts'
import { toolkitHost } from './toolkits.ts'

export const partNames = [
  'api',
  'workers',
  'database',
  'queue',
  'toolkit-hosts',
  'disk',
  'event-loop',
] as const
export const partName = z.enum(partNames)
export type PartName = z.infer<typeof partName>

export const partStatus = z.enum(['healthy', 'degraded', 'unhealthy'])
export type PartStatus = z.infer<typeof partStatus>

export const runtimePart = z.object({
  name: partName,
  status: partStatus,
  /** What is so, and what to do when it is not well. */
  message: z.string(),
  measures: z.record(z.string(), z.number()).describe('numbers, with the unit in the name: `freeBytes`'),
})
export type RuntimePart = z.infer<typeof runtimePart>

export const runtimeStatus = declare({
  id: 'runtime.status',
  title: "Show how the product's own parts are",
  method: 'GET',
  path: '/runtime/status',
  access: 'toolkit.user',
  effect: 'read',
  input: empty,
  output: z.object({
    version: z.string(),
    startedAt: instant,
    uptimeSeconds: z.number(),
    roles: z.array(z.string()).describe('what this process does: `api`, `worker`'),
    parts: z.array(runtimePart),
    hosts: z.array(toolkitHost).describe('processes that run code of toolkits in this process of ours'),
  }),
})

export const runtimeOperations = [runtimeStatus] as const
