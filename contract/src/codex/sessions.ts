import { z } from 'zod'
import { id, instant, page, pageQuery } from '../common.ts'
import { declare } from '../operation.ts'
import { inWorkspace, lease, line, name, text } from './common.ts'

export const sessionStates = [
  'active',
  'paused',
  'handed_over',
  'finished',
  'released',
  'blocked',
  'done',
] as const

/** A claim of a task, and what became of it. */
export const session = z.object({
  id: z.string(),
  actor: z.string(),
  task: z.string(),
  title: z.string(),
  why: z.string(),
  state: z.enum(sessionStates),
  openedAt: instant,
  updatedAt: instant,
  until: instant.describe('end of the lease; every step renews it'),
  /** The last thing said of the work. */
  summary: z.string(),
  open: z.boolean(),
  leaseEnded: z.boolean().describe('open, but anyone may take the task over'),
  takenOverBy: z.string().nullable().describe('the session that has the task now'),
})
export type CodexSession = z.infer<typeof session>

/** One step as the session's event file holds it. */
export const sessionEvent = z.looseObject({ type: z.string(), seq: z.number().int(), at: instant })

export const listSessions = declare({
  id: 'codex.listSessions',
  title: 'List sessions',
  description: 'The most recently touched first.',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/sessions',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    ...inWorkspace,
    task: z.string().max(400).optional().describe('`area/id`'),
    actor: z.string().max(200).optional(),
    open: z.stringbool().optional(),
    ...pageQuery,
  }),
  output: page(session),
})

const bySession = { ...inWorkspace, sessionId: id }

export const getSession = declare({
  id: 'codex.getSession',
  title: 'Show a session with all its steps',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/sessions/:sessionId',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(bySession),
  output: z.object({ session, events: z.array(sessionEvent) }),
})

const changed = z.object({ session })

export const startTask = declare({
  id: 'codex.startTask',
  title: 'Claim a task',
  description:
    'The one that codex.nextTasks names first when none is given. `force` with `why` takes it from its holder, or starts ' +
    'it though it waits. The claim holds for the lease; every step renews it.',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/sessions',
  access: 'toolkit.user',
  effect: 'write',
  status: 201,
  input: z.strictObject({
    ...inWorkspace,
    task: z.string().min(1).max(400).optional().describe('`area/id`, or a bare id that is unique'),
    why: line.optional(),
    lease: lease.optional().describe('4h without'),
    force: z.boolean().default(false),
  }),
  output: changed,
})

function step<Shape extends z.ZodRawShape>(verb: string, path: string, title: string, shape: Shape) {
  return declare({
    id: `codex.${verb}`,
    title,
    method: 'POST',
    path: `/codex/workspaces/:workspaceId/sessions/:sessionId/${path}`,
    access: 'toolkit.user',
    effect: 'write',
    input: z.strictObject({ ...bySession, ...shape }),
    output: changed,
  })
}

export const renewClaim = step('renewClaim', 'renew', 'Keep a claim for another lease', {
  lease: lease.optional(),
})
export const noteTask = step('noteTask', 'note', 'Write an observation into the journal', {
  text,
  lease: lease.optional(),
})
export const pauseTask = step('pauseTask', 'pause', 'Stop for a while and keep the claim', {
  why: text,
  lease: lease.optional().describe('1d without'),
})
export const resumeTask = step('resumeTask', 'resume', 'Go on with a paused session', {
  lease: lease.optional(),
})
export const finishSession = step(
  'finishSession',
  'finish',
  'End a session; the task stays in progress, free for the next one',
  { text },
)
export const handOverTask = step('handOverTask', 'handover', 'End a session and tell who comes next', {
  to: line.max(200),
  text,
})
export const releaseTask = step('releaseTask', 'release', 'Give a task back to the backlog', { why: text })

export const outcome = z.strictObject({
  kind: z.enum(['api', 'route', 'log', 'metric']),
  text: z.string().trim().min(1).max(2000),
})

export const doneTask = declare({
  id: 'codex.doneTask',
  title: 'Close a task with its outcome and lesson',
  description:
    'Every box of the pull-request template (codex.listBoxes) is confirmed or waived with a reason. Commands of the ' +
    'repository are never run inside the control plane: run them where you work, or close the task there with ' +
    '`toolbox codex done --run`. `commit` commits what is staged together with the memory, under the name that git is ' +
    'configured with in that repository and without its hooks.',
  method: 'POST',
  path: '/codex/workspaces/:workspaceId/sessions/:sessionId/done',
  access: 'toolkit.user',
  effect: 'write',
  input: z.strictObject({
    ...bySession,
    lesson: text,
    outcomes: z.array(outcome).min(1).max(20).describe('what can be seen from outside now'),
    confirm: z.array(z.number().int().min(1).max(1000)).max(100).default([]),
    waive: z
      .array(z.strictObject({ box: z.number().int().min(1).max(1000), reason: line }))
      .max(100)
      .default([]),
    commit: z.boolean().default(false),
    message: text.optional().describe("the commit's; made from the task without"),
  }),
  output: z.object({ session, commit: z.string().nullable() }),
})

export const listBoxes = declare({
  id: 'codex.listBoxes',
  title: 'List the boxes of the pull-request template',
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/boxes',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject(inWorkspace),
  output: z.object({
    items: z.array(
      z.object({
        box: z.number().int(),
        text: z.string(),
        ticked: z.boolean().describe('confirmed by the template itself'),
        command: z.string().nullable().describe('what proves it, to be run where you work'),
      }),
    ),
    nextCursor: z.null(),
  }),
})

export const getPullRequest = declare({
  id: 'codex.getPullRequest',
  title: "Show the pull request's body for a task that is done",
  method: 'GET',
  path: '/codex/workspaces/:workspaceId/backlog/tasks/:area/:task/pull-request',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ ...inWorkspace, area: name, task: name }),
  output: z.object({ body: z.string().describe('Markdown') }),
})

export const sessionOperations = [
  listSessions,
  getSession,
  startTask,
  renewClaim,
  noteTask,
  pauseTask,
  resumeTask,
  finishSession,
  handOverTask,
  releaseTask,
  doneTask,
  listBoxes,
  getPullRequest,
] as const
