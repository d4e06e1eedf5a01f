import { z } from 'zod'
import { libraryName } from './codex/library.ts'
import { id, instant, json, page, pageQuery } from './common.ts'
import { jobStatus, jobSummary } from './jobs.ts'
import { declare } from './operation.ts'

export const runStepStatuses = [
  'pending',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'refused',
  'skipped',
] as const
export const runOutcomes = [
  'running',
  'waiting',
  'succeeded',
  'failed',
  'refused',
  'rejected',
  'cancelled',
] as const

/** Word for word as the Toolbox said it. */
export const runError = z.object({
  code: z.string(),
  message: z.string(),
  requiredRole: z.string().optional(),
})
export type RunError = z.infer<typeof runError>

export const runApproval = z.object({
  question: z.string(),
  answer: z.enum(['approved', 'rejected']).nullable(),
  by: z.string().nullable(),
  at: instant.nullable(),
  comment: z.string().nullable(),
})
export type RunApproval = z.infer<typeof runApproval>

export const runStep = z.object({
  id: z.string(),
  title: z.string(),
  operation: z.string(),
  status: z.enum(runStepStatuses),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /** How often the operation was called: once, once an item, or until what was waited for held. */
  calls: z.number().int(),
  /** What was sent, secrets by reference. */
  input: json,
  error: runError.nullable(),
  /** What had to hold of the answer. */
  checks: z.array(z.object({ text: z.string(), holds: z.boolean(), found: json })),
  approval: runApproval.nullable(),
})
export type RunStep = z.infer<typeof runStep>

/** One run of a task: its steps, what they gave, and whether it did what the task says. */
export const runReport = z.object({
  schemaVersion: z.literal(1),
  id: z.string(),
  task: z.string(),
  title: z.string(),
  persona: z.string(),
  /** The Toolbox it ran against. */
  toolbox: z.string(),
  actor: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  outcome: z.enum(runOutcomes),
  /** Secrets are references. */
  inputs: z.record(z.string(), z.unknown()),
  steps: z.array(runStep),
  evidence: z.record(z.string(), z.unknown()),
  /** Null where the run did not come to it. */
  success: z.array(z.object({ text: z.string(), met: z.boolean().nullable() })),
  guardrails: z.array(
    z.object({ text: z.string(), verdict: z.enum(['held', 'broken', 'not_concerned', 'for_people']) }),
  ),
  /** What speaks against the run, each with a stable code. */
  findings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** What to do instead, when it was refused or could not be done. */
  fallback: z.string().nullable(),
})
export type RunReport = z.infer<typeof runReport>

export const runSummary = z.object({
  /** The job that carries it out. */
  id,
  task: z.string(),
  title: z.string(),
  workspaceId: z.string().nullable(),
  requestedBy: z.string(),
  createdAt: instant,
  outcome: z.enum(runOutcomes),
  jobStatus: jobStatus.nullable().describe('null when the job was removed by retention'),
  journalled: z
    .boolean()
    .nullable()
    .describe('whether what it came to is in the journal of its workspace yet; null without a workspace'),
  journalRefusal: z
    .string()
    .nullable()
    .describe('word for word why the workspace would not take it; it is tried again'),
  /** The step that waits for a person's answer. */
  waitingFor: z.object({ step: z.string(), title: z.string(), question: z.string() }).nullable(),
})
export type RunSummary = z.infer<typeof runSummary>

const runId = z.strictObject({ runId: id })

export const runTask = declare({
  id: 'codex.runTask',
  title: 'Run a task of the library',
  description:
    'As a job: each step is called as whoever asked for it, with what they may do then. A step that needs approval waits for a person.',
  method: 'POST',
  path: '/codex/tasks/:task/runs',
  access: 'toolkit.user',
  effect: 'write',
  status: 202,
  headers: { idempotencyKey: 'idempotency-key' },
  input: z.strictObject({
    task: libraryName,
    inputs: z.record(z.string(), z.unknown()).default({}),
    workspaceId: z.string().min(1).max(200).optional().describe('whose journal gets the report'),
    confirmed: z
      .array(z.string().max(100))
      .max(50)
      .default([])
      .describe('steps that the person who asks approves beforehand; refused for API tokens'),
    idempotencyKey: z.string().min(1).max(200).optional(),
  }),
  output: z.object({ job: jobSummary }),
})

export const listRuns = declare({
  id: 'codex.listRuns',
  title: 'List runs of tasks',
  description: 'Newest first.',
  method: 'GET',
  path: '/codex/runs',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    task: z.string().max(130).optional(),
    workspaceId: z.string().max(200).optional(),
    ...pageQuery,
  }),
  output: page(runSummary),
})

export const getRun = declare({
  id: 'codex.getRun',
  title: 'Show a run with its evidence',
  method: 'GET',
  path: '/codex/runs/:runId',
  access: 'toolkit.user',
  effect: 'read',
  input: runId,
  output: z.object({
    run: runSummary,
    report: runReport,
    markdown: z.string().describe('the report for people'),
  }),
})

export const answerRun = declare({
  id: 'codex.answerRun',
  title: 'Approve or reject what a run waits for',
  description:
    'By a person who is signed in and may do the step themselves. An API token is refused, whoever holds it, and so is what a job does.',
  method: 'POST',
  path: '/codex/runs/:runId/answer',
  access: 'toolkit.user',
  effect: 'write',
  personOnly: true,
  input: runId.extend({
    step: z.string().max(100),
    answer: z.enum(['approve', 'reject']),
    comment: z.string().trim().max(2000).optional(),
  }),
  output: z.object({ run: runSummary }),
})

export const codexRunOperations = [runTask, listRuns, getRun, answerRun] as const
