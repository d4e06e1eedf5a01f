import { z } from 'zod'
import { empty, id, instant, json, page, pageQuery, slug } from './common.ts'
import { jobStatus, requester } from './jobs.ts'
import { declare } from './operation.ts'

/** When a schedule is due. */
export const timing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cron'),
    expression: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .describe('minute, hour, day of month, month, day of week: `30 2 * * MON-FRI`'),
    timeZone: z.string().min(1).max(64).describe('by its IANA name, such as Europe/Berlin'),
  }),
  z.strictObject({
    kind: z.literal('interval'),
    everySeconds: z.number().int().min(10).max(31_536_000).describe('the first time after one interval'),
  }),
  z.strictObject({ kind: z.literal('once'), at: instant }),
])
export type Timing = z.infer<typeof timing>

export const overlapRules = ['skip', 'allow'] as const
export const missedRules = ['run_late', 'skip'] as const
export const scheduleStates = ['active', 'paused', 'held', 'ended'] as const

export const schedule = z.object({
  id,
  name: z.string(),
  toolkit: z.string(),
  operation: z.string(),
  timing,
  overlap: z.enum(overlapRules),
  missed: z.enum(missedRules),
  priority: z.number().int(),
  /** `held`: its toolkit is disabled. `ended`: it is never due again. */
  state: z.enum(scheduleStates),
  paused: z.object({ at: instant, by: z.string(), reason: z.string().nullable() }).nullable(),
  /** On whose behalf it runs: whoever made, changed or resumed it last. */
  runsAs: requester,
  /** The next five times; none while it is paused. */
  nextRuns: z.array(instant),
  /** The last job it made. The status is null when retention has removed the job. */
  lastRun: z.object({ jobId: id, dueAt: instant, status: jobStatus.nullable() }).nullable(),
  /** The last due time at which it made no job, and why. */
  lastMissed: z
    .object({ dueAt: instant, kind: z.enum(['overlap', 'late', 'refused']), reason: z.string() })
    .nullable(),
  createdAt: instant,
  updatedAt: instant,
  /** Goes up with every change that somebody made. */
  version: z.number().int(),
})
export type Schedule = z.infer<typeof schedule>

export const scheduleDetail = schedule.extend({ input: json })
export type ScheduleDetail = z.infer<typeof scheduleDetail>

const definition = {
  name: z.string().trim().min(1).max(100),
  toolkit: slug,
  operation: z.string().min(1).max(128).describe('one that runs as a job'),
  input: z.record(z.string(), z.unknown()).default({}),
  timing,
  overlap: z
    .enum(overlapRules)
    .default('skip')
    .describe('while the job before is not over: make none, or one beside it'),
  missed: z
    .enum(missedRules)
    .optional()
    .describe(
      'what was due while nothing could run: once when that is over, or not at all. `run_late`, but `skip` for a destructive operation',
    ),
  priority: z.number().int().min(-100).max(100).default(0).describe('of its jobs; higher runs first'),
}
const one = z.object({ schedule: scheduleDetail })
const byId = z.strictObject({ scheduleId: id })
const reason = z.string().trim().min(1).max(2000).optional()

export const listSchedules = declare({
  id: 'schedules.list',
  title: 'List schedules',
  description: 'Newest first. Every filter narrows.',
  method: 'GET',
  path: '/schedules',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    toolkit: z.string().max(63).optional(),
    paused: z.enum(['true', 'false']).optional(),
    q: z.string().trim().min(1).max(200).optional().describe('text in name, operation or whom it runs as'),
    ...pageQuery,
  }),
  output: page(schedule),
})

export const getSchedule = declare({
  id: 'schedules.get',
  title: 'Show a schedule',
  method: 'GET',
  path: '/schedules/:scheduleId',
  access: 'toolkit.user',
  effect: 'read',
  input: byId,
  output: one,
})

export const previewSchedule = declare({
  id: 'schedules.preview',
  title: 'Show when a timing would be due',
  description: 'The next five times from now. Changes nothing.',
  method: 'POST',
  path: '/schedules/preview',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ timing }),
  output: z.object({ nextRuns: z.array(instant) }),
})

export const createSchedule = declare({
  id: 'schedules.create',
  title: 'Schedule an operation',
  description:
    'Whoever makes it must be allowed to run the operation with this input, now and each time it is due: the jobs are theirs.',
  method: 'POST',
  path: '/schedules',
  access: 'toolkit.user',
  effect: 'write',
  status: 201,
  input: z.strictObject(definition),
  output: one,
})

export const updateSchedule = declare({
  id: 'schedules.update',
  title: 'Change a schedule',
  description:
    'Replaces all of it. It runs on behalf of whoever changed it from then on; paused stays paused.',
  method: 'PUT',
  path: '/schedules/:scheduleId',
  access: 'toolkit.user',
  effect: 'write',
  headers: { ifMatch: 'if-match' },
  input: z.strictObject({
    scheduleId: id,
    ...definition,
    ifMatch: z
      .string()
      .max(40)
      .optional()
      .describe('version the change was made on; refused when it moved on'),
  }),
  output: one,
})

export const pauseSchedule = declare({
  id: 'schedules.pause',
  title: 'Pause a schedule',
  description: 'It is not due until somebody resumes it; a job that it made already goes on.',
  method: 'POST',
  path: '/schedules/:scheduleId/pause',
  access: 'toolkit.user',
  effect: 'write',
  input: byId.extend({ reason }),
  output: one,
})

export const resumeSchedule = declare({
  id: 'schedules.resume',
  title: 'Resume a schedule',
  description: 'From now on, and on behalf of whoever resumed it. What was due meanwhile is not made up for.',
  method: 'POST',
  path: '/schedules/:scheduleId/resume',
  access: 'toolkit.user',
  effect: 'write',
  input: byId.extend({ reason }),
  output: one,
})

export const removeSchedule = declare({
  id: 'schedules.remove',
  title: 'Remove a schedule',
  description: 'Its jobs stay.',
  method: 'DELETE',
  path: '/schedules/:scheduleId',
  access: 'toolkit.user',
  effect: 'destructive',
  input: byId.extend({ reason }),
  output: empty,
})

export const scheduleOperations = [
  listSchedules,
  getSchedule,
  previewSchedule,
  createSchedule,
  updateSchedule,
  pauseSchedule,
  resumeSchedule,
  removeSchedule,
] as const
