import { z } from 'zod'
import { instant } from '../common.ts'
import { declare } from '../operation.ts'
import {
  blocker,
  counts,
  finding,
  inWorkspace,
  line,
  name,
  taskPriority,
  taskStatus,
  text,
} from './common.ts'

export const backlogTask = z.object({
  task: z.string().describe('`area/id`, unique in the backlog'),
  area: z.string(),
  id: z.string(),
  title: z.string(),
  status: taskStatus,
  priority: taskPriority.describe('the area’s, or medium, where the task has none'),
  ownPriority: taskPriority.nullable(),
  notes: z.string(),
  blockers: z.array(blocker),
  dependsOn: z.array(z.string()).describe('as written: `area/id`, or a bare id'),
  added: z.string().nullable().describe('YYYY-MM-DD'),
  line: z.number().int().describe('where it stands in docs/TODO.yaml'),
  claim: z
    .object({
      session: z.string(),
      actor: z.string(),
      until: z.string(),
      live: z.boolean().describe('false once the lease has ended: anyone may take it over'),
    })
    .nullable(),
})
export type BacklogTask = z.infer<typeof backlogTask>

export const backlogArea = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  status: taskStatus.nullable(),
  priority: taskPriority.nullable(),
  blockers: z.array(blocker),
  line: z.number().int(),
  tasks: z.array(backlogTask).describe('in the order of the file'),
})
export type BacklogArea = z.infer<typeof backlogArea>

/** A token for the whole file: another one means that something in it changed. */
const version = z.string()
const ifVersion = z
  .string()
  .max(200)
  .optional()
  .describe('refuse (409) unless the backlog is still this version')

export const getBacklog = declare({
  id: 'codex.getBacklog',
  title: 'Show the backlog',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/backlog',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(inWorkspace),
  output: z.object({
    version,
    updated: z.string(),
    areas: z.array(backlogArea),
    counts,
    findings: z.array(finding).describe('faults that leave the file usable'),
  }),
})

const ranked = z.object({
  task: z.string(),
  title: z.string(),
  status: taskStatus,
  priority: taskPriority,
  reasons: z.array(z.string()),
})

export const nextTasks = declare({
  id: 'codex.nextTasks',
  title: 'Name the most valuable tasks that nothing holds up',
  description:
    'By priority, then what they unblock, then work already begun, then age. Says why the others wait.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/backlog/next',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ ...inWorkspace, limit: z.coerce.number().int().min(1).max(500).default(10) }),
  output: z.object({
    candidates: z.array(ranked.extend({ unblocks: z.number().int() })),
    waiting: z.array(ranked),
    ready: z.number().int().describe('how many could be begun'),
    done: z.number().int(),
  }),
})

export const getGraph = declare({
  id: 'codex.getGraph',
  title: 'Show which tasks wait for which',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/backlog/graph',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ ...inWorkspace, area: z.string().max(200).optional() }),
  output: z.object({
    tasks: z
      .array(
        z.object({
          task: z.string(),
          area: z.string(),
          title: z.string(),
          status: taskStatus,
          priority: taskPriority,
        }),
      )
      .describe('that wait or are waited for'),
    dependencies: z
      .array(
        z.object({
          task: z.string(),
          needs: z.string(),
          by: z.enum(['dependsOn', 'blocker']),
          met: z.boolean(),
        }),
      )
      .describe('`task` waits for `needs`; met once that is done'),
    dangling: z
      .array(z.object({ task: z.string(), reference: z.string() }))
      .describe('references that lead nowhere, or to several tasks'),
  }),
})

export const getHistory = declare({
  id: 'codex.getHistory',
  title: 'Show how the backlog grew and was worked off',
  description:
    'Counts in the last commit of each day that touched docs/TODO.yaml, and as the file is now. Outside git only the present is known.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/backlog/history',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ ...inWorkspace, days: z.coerce.number().int().min(1).max(365).default(90) }),
  output: z.object({
    points: z
      .array(
        z.object({
          at: instant,
          commit: z.string().nullable().describe('null for the file as it is now'),
          counts,
          total: z.number().int(),
        }),
      )
      .describe('the oldest first'),
  }),
})

const edited = z.object({ version, task: backlogTask })
const atTask = { ...inWorkspace, area: name, task: name }
const taskId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'lowercase letters, digits, - _ and . (at most 100)')

export const addTask = declare({
  id: 'codex.addTask',
  title: 'Put a task on the backlog',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/backlog/tasks',
  access: 'toolkit.curator',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    ...inWorkspace,
    area: name,
    id: taskId,
    title: line,
    status: taskStatus.default('backlog'),
    priority: taskPriority.optional(),
    notes: text.optional(),
    blockers: z.array(blocker).max(50).optional(),
    dependsOn: z.array(name).max(100).optional(),
  }),
  output: edited,
})

/** Fields that can be edited; null takes the key away. */
const taskFields = z.strictObject({
  title: line.optional(),
  status: taskStatus.optional(),
  priority: taskPriority.nullable().optional(),
  notes: text.nullable().optional(),
  blockers: z.array(blocker).max(50).nullable().optional(),
  dependsOn: z.array(name).max(100).nullable().optional(),
})
export type TaskFields = z.infer<typeof taskFields>

const notEmpty = [(fields: object) => Object.keys(fields).length > 0, 'set at least one field'] as const
const wasMeans = 'values of fields as they were read; null for none'
const saysWhatItSaw = [
  ({ was, ifVersion: wanted }: { was?: object | undefined; ifVersion?: string | undefined }) =>
    wanted !== undefined || (was !== undefined && Object.keys(was).length > 0),
  'give `was` or `ifVersion`, so that nobody’s change is lost',
] as const

export const editTask = declare({
  id: 'codex.editTask',
  title: "Change a task's fields",
  description:
    'Say what you saw: the old values in `was`, or the version in `ifVersion`. When they no longer hold, nothing is ' +
    'written, and the refusal (409 `conflict`) brings `currentVersion` and the task as it is now in `current`. ' +
    'A task becomes done by codex.doneTask alone.',
  method: 'PATCH',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task',
  access: 'toolkit.curator',
  effect: 'write',
  input: z
    .strictObject({
      ...atTask,
      set: taskFields.refine(...notEmpty),
      was: taskFields.optional().describe(wasMeans),
      ifVersion,
    })
    .refine(...saysWhatItSaw),
  output: edited,
})

export const moveTask = declare({
  id: 'codex.moveTask',
  title: 'Move a task',
  description:
    'Before another task or to the end; to another area with `toArea`, where references to it follow; with `priority` ' +
    'in the same step. A task that somebody holds stays in its area.',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task/move',
  access: 'toolkit.curator',
  effect: 'write',
  input: z.strictObject({
    ...atTask,
    toArea: name.optional(),
    before: name.optional().describe('id of the task that it is to stand before; at the end without'),
    priority: taskPriority.optional(),
    ifVersion,
  }),
  output: edited,
})

export const removeTask = declare({
  id: 'codex.removeTask',
  title: 'Take a task off the backlog',
  description: 'Refused while other tasks wait for it or somebody holds it.',
  method: 'DELETE',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task',
  access: 'toolkit.curator',
  effect: 'destructive',
  input: z.strictObject({ ...atTask, ifVersion }),
  output: z.object({ version }),
})

const areaFields = z.strictObject({
  title: line.optional(),
  summary: text.nullable().optional(),
  status: taskStatus.nullable().optional(),
  priority: taskPriority.nullable().optional(),
  blockers: z.array(blocker).max(50).nullable().optional(),
})
export type AreaFields = z.infer<typeof areaFields>
const editedArea = z.object({ version, area: backlogArea })

export const addArea = declare({
  id: 'codex.addArea',
  title: 'Add an area to the backlog',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/backlog/areas',
  access: 'toolkit.curator',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    ...inWorkspace,
    id: taskId,
    title: line,
    summary: text.optional(),
    priority: taskPriority.optional(),
  }),
  output: editedArea,
})

export const editArea = declare({
  id: 'codex.editArea',
  title: "Change an area's fields",
  description: 'Say what you saw, and be refused when it no longer holds, as with codex.editTask.',
  method: 'PATCH',
  path: '/codex/workspaces/:workspaceId/backlog/areas/:area',
  access: 'toolkit.curator',
  effect: 'write',
  input: z
    .strictObject({
      ...inWorkspace,
      area: name,
      set: areaFields.refine(...notEmpty),
      was: areaFields.optional().describe(wasMeans),
      ifVersion,
    })
    .refine(...saysWhatItSaw),
  output: editedArea,
})

export const blockTask = declare({
  id: 'codex.blockTask',
  title: 'Say what holds a task up',
  description: 'In words, or another task. Ends your session on it; refused while somebody else holds it.',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task/block',
  access: 'toolkit.user',
  effect: 'write',
  input: z.strictObject({ ...atTask, missing: blocker }),
  output: edited,
})

export const unblockTask = declare({
  id: 'codex.unblockTask',
  title: 'Say that a task is held up no longer',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task/unblock',
  access: 'toolkit.user',
  effect: 'write',
  input: z.strictObject({
    ...atTask,
    why: text,
    blocker: z.string().max(2000).optional().describe('only this one, by its words or its task; all without'),
  }),
  output: edited,
})

export const backlogOperations = [
  getBacklog,
  nextTasks,
  getGraph,
  getHistory,
  addTask,
  editTask,
  moveTask,
  removeTask,
  addArea,
  editArea,
  blockTask,
  unblockTask,
] as const
