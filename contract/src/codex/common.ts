import { z } from 'zod'
import { id } from '../common.ts'

export const inWorkspace = { workspaceId: id }

export const taskStatuses = ['backlog', 'in_progress', 'blocked', 'done'] as const
export const taskStatus = z.enum(taskStatuses)
export type TaskStatus = z.infer<typeof taskStatus>

export const taskPriorities = ['critical', 'high', 'medium', 'low'] as const
export const taskPriority = z.enum(taskPriorities)
export type TaskPriority = z.infer<typeof taskPriority>

/** Words, or another task as `area/task` or by its bare id. */
export const blocker = z.union([
  z.strictObject({ text: z.string().trim().min(1).max(2000) }),
  z.strictObject({ task: z.string().trim().min(1).max(400) }),
])
export type Blocker = z.infer<typeof blocker>

export const counts = z.object({
  backlog: z.number().int(),
  in_progress: z.number().int(),
  blocked: z.number().int(),
  done: z.number().int(),
})
export type TaskCounts = z.infer<typeof counts>

/** One thing wrong in a file, with its place and what to do. */
export const finding = z.object({
  code: z.string(),
  severity: z
    .enum(['fatal', 'error', 'hint'])
    .describe('fatal: the file can’t be used until it is put right'),
  file: z.string().describe('relative to the workspace'),
  line: z.number().int(),
  column: z.number().int(),
  source: z.string().optional().describe('the line as it stands in the file'),
  message: z.string(),
  fix: z.string(),
})
export type Finding = z.infer<typeof finding>

/** `90s`, `30m`, `4h`, `2d`. */
export const lease = z.string().regex(/^[1-9]\d{0,4}[smhd]$/, 'a length of time such as 90s, 30m, 4h or 2d')

/** An area or a task in a path. */
export const name = z.string().min(1).max(200)
export const text = z.string().trim().min(1).max(10_000)
/** One line that shows up in lists. */
export const line = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^[^\r\n]*$/, 'one line')
