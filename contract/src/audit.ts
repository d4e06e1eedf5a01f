import { z } from 'zod'
import { id, instant, json, page, pageQuery } from './common.ts'
import { declare } from './operation.ts'

export const auditOutcomes = ['started', 'succeeded', 'accepted', 'refused', 'failed'] as const

export const auditEntry = z.object({
  /** Position in the chain, 1-based, without gaps. */
  seq: z.number().int(),
  id,
  at: instant,
  actor: z.object({
    kind: z.enum(['user', 'token', 'system', 'anonymous']),
    id: z.string().nullable(),
    name: z.string(),
    token: z.string().nullable().describe('name of the API token it came by'),
    tokenId: id.nullable(),
    persona: z.string().nullable(),
  }),
  operation: z.string(),
  effect: z.enum(['read', 'write', 'destructive']),
  outcome: z.enum(auditOutcomes),
  code: z.string().nullable().describe('the problem code of a refusal or failure'),
  input: json.describe('with secrets removed'),
  detail: z.string().nullable(),
  jobId: id.nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof auditEntry>

const filters = {
  actor: z
    .string()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .optional()
    .describe('user id or name'),
  operation: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9_.-]+(\.\*)?$/, 'an operation id such as jobs.cancel, or a pattern such as users.*')
    .optional(),
  outcome: z.enum(auditOutcomes).optional(),
  jobId: id.optional(),
  since: instant.optional(),
  until: instant.optional(),
  q: z.string().trim().min(1).max(200).optional().describe('text anywhere in the entry, any case'),
}

export const listAudit = declare({
  id: 'audit.list',
  title: 'List audit entries',
  description:
    'Newest first. With filters, one request looks at a stretch of the chain: a page may hold fewer entries than asked for, even none, and still have a `nextCursor` to go on from.',
  method: 'GET',
  path: '/audit',
  access: 'system.admin',
  effect: 'read',
  input: z.strictObject({ ...filters, ...pageQuery }),
  output: page(auditEntry),
})

const link = z.object({ seq: z.number().int(), hash: z.string() })

export const getAuditEntry = declare({
  id: 'audit.get',
  title: 'Show an audit entry',
  description: 'With its neighbours in the chain; null where the log begins or ends.',
  method: 'GET',
  path: '/audit/entries/:seq',
  access: 'system.admin',
  effect: 'read',
  input: z.strictObject({ seq: z.coerce.number().int().min(1).max(999_999_999_999_999) }),
  output: z.object({ entry: auditEntry, previous: link.nullable(), next: link.nullable() }),
})

export const exportAudit = declare({
  id: 'audit.export',
  title: 'Export audit entries',
  method: 'GET',
  path: '/audit/export',
  access: 'system.admin',
  effect: 'read',
  input: z.strictObject({ ...filters, format: z.enum(['csv', 'jsonl']).default('jsonl') }),
  output: z.string().describe('text/csv or application/jsonl, streamed'),
})

export const verifyAudit = declare({
  id: 'audit.verify',
  title: 'Verify the audit chain',
  description: 'Give the head of an earlier export to find a truncation as well.',
  method: 'GET',
  path: '/audit/verify',
  access: 'system.admin',
  effect: 'read',
  input: z.strictObject({
    headSeq: z.coerce.number().int().min(1).optional(),
    headHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  }),
  output: z.object({
    intact: z.boolean(),
    entries: z.number().int(),
    head: link.nullable(),
    faults: z.array(
      z.object({
        seq: z.number().int(),
        kind: z.enum(['edited', 'missing', 'reordered', 'truncated']),
        message: z.string(),
      }),
    ),
  }),
})

export const auditOperations = [listAudit, getAuditEntry, exportAudit, verifyAudit] as const
