import { z } from 'zod'
import { id, instant, slug } from './common.ts'
import { jobStatus, jobSummary } from './jobs.ts'
import { declare } from './operation.ts'

/** How far back the plots reach: the first by the minute, the others by the hour. */
export const dashboardRanges = ['1h', '24h', '7d'] as const
const dashboardRange = z.enum(dashboardRanges)
export type DashboardRange = z.infer<typeof dashboardRange>

export const attentionItem = z.object({
  kind: z.enum([
    'jobs_failed',
    'jobs_waiting',
    'approvals_waiting',
    'schedule_paused',
    'toolkit_ill',
    'card_alarm',
    'toolkit_disabled',
  ]),
  /** How much it matters: `bad` is broken now, `warn` is about to be, `info` is as somebody wanted it. */
  tone: z.enum(['bad', 'warn', 'info']),
  title: z.string(),
  says: z.string(),
  /** The page of the web app that shows all of it. */
  href: z.string(),
})
export type AttentionItem = z.infer<typeof attentionItem>

const percentiles = {
  p50Ms: z.number().nullable().describe('run time of jobs that succeeded or failed, within 9 %'),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
}
const outcomes = {
  succeeded: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  lost: z.number().int(),
}
/** Jobs that ended within a time. */
export const jobsEnded = z.object({ ...outcomes, ...percentiles })
export type JobsEnded = z.infer<typeof jobsEnded>

export const operationUse = jobsEnded.extend({ toolkit: slug, operation: z.string(), jobs: z.number().int() })
export type OperationUse = z.infer<typeof operationUse>

const cardStatus = z.enum(['healthy', 'degraded', 'unhealthy', 'unknown'])
/** What the operation of a toolkit's dashboard card answers. */
export const cardContent = z.object({
  status: cardStatus,
  headline: z.string().max(300),
  rows: z
    .array(
      z.object({
        label: z.string().max(200),
        value: z.string().max(300),
        status: cardStatus.optional(),
        at: instant.optional(),
        jobId: id.optional().describe('the job that this row is about'),
      }),
    )
    .max(10),
})
export type CardContent = z.infer<typeof cardContent>

export const dashboardCard = z.object({
  toolkit: slug,
  toolkitName: z.string(),
  card: z.string(),
  title: z.string(),
  content: cardContent.nullable(),
  fault: z.string().nullable().describe('why there is no content'),
})
export type DashboardCard = z.infer<typeof dashboardCard>

export const getDashboard = declare({
  id: 'dashboard.get',
  title: 'Show what needs a person now',
  description:
    'What is wrong, how much runs and waits, how jobs ended over time, and the cards of the toolkits, in one answer. ' +
    'It costs the same with a thousand jobs or a million.',
  method: 'GET',
  path: '/dashboard',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ range: dashboardRange.default('24h') }),
  output: z.object({
    at: instant,
    attention: z.array(attentionItem).describe('the worst first; empty when nothing needs anybody'),
    jobs: z.object({
      counts: z.record(jobStatus, z.number().int()),
      oldestQueuedAt: instant.nullable(),
    }),
    range: dashboardRange,
    from: instant.describe('start of the first step'),
    stepSeconds: z.number().int(),
    ended: jobsEnded.describe('in the whole range'),
    endedOverTime: z.array(jobsEnded.extend({ from: instant })).describe('every step, also the empty ones'),
    queueOverTime: z
      .array(
        z.object({
          from: instant,
          queued: z.number().int(),
          running: z.number().int(),
          oldestSeconds: z.number(),
        }),
      )
      .describe('the most of each step; steps in which nobody looked are left out'),
    busiest: z.array(operationUse),
    slowest: z.array(operationUse).describe('by p95'),
    failedLately: z.array(jobSummary),
    runningNow: z.array(jobSummary),
    cards: z.array(dashboardCard),
  }),
})

export const dashboardOperations = [getDashboard] as const
