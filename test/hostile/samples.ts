import { randomUUID } from 'node:crypto'

type Input = Readonly<Record<string, unknown>>

const nobody = { userId: randomUUID(), summary: 'the guards are tested' }
const absent = { workspaceId: randomUUID() }
const absentTask = { ...absent, area: 'jobs', task: 'matrix' }
const absentSession = { ...absent, sessionId: randomUUID() }
const justification = 'the guards are tested'
/** Jobs for then are accepted and never run. */
export const neverDue = '2100-01-01T00:00:00.000Z'
const timing = { kind: 'interval', everySeconds: 3600 }
const refusedUrl = 'http://127.0.0.1:9/'

/** An input for every operation of the toolkits that come with the product. */
export const toolkitSamples: Readonly<Record<string, Input>> = {
  'latency-sleuth.probe': { url: refusedUrl, count: 1 },
  'latency-sleuth.quick': { url: refusedUrl },
  'latency-sleuth.history': { url: refusedUrl },
  'regex.match': { pattern: 'a', text: 'a' },
  'regex.replace': { pattern: 'a', text: 'a', replacement: 'b' },
  'regex.explain': { pattern: 'a' },
  'toolbox-health.health': {},
  'toolbox-health.sample': {},
  'toolbox-health.current': {},
  'toolbox-health.history': { part: 'api' },
}

/**
 * The same for every operation of the contract, got past its schema. What changes things points at what is not there,
 * so that whoever may do it changes nothing for the others. `endedJob` is a job of `latency-sleuth.probe` that has ended.
 */
export function contractSamples(endedJob: string): Readonly<Record<string, Input>> {
  return {
    'jobs.submit': { toolkit: 'regex', operation: 'match', input: toolkitSamples['regex.match'] },
    'jobs.list': {},
    'jobs.counts': {},
    'jobs.get': { jobId: endedJob },
    'jobs.logs': { jobId: endedJob },
    'jobs.cancel': { jobId: randomUUID() },
    'jobs.retry': { jobId: endedJob },
    'jobs.inspect': { jobId: endedJob },
    'jobs.events': { jobId: endedJob },
    'events.stream': {},
    'schedules.list': {},
    'schedules.get': { scheduleId: randomUUID() },
    'schedules.preview': { timing },
    'schedules.create': { name: 'matrix', toolkit: 'absent', operation: 'absent', timing },
    'schedules.update': {
      scheduleId: randomUUID(),
      name: 'matrix',
      toolkit: 'absent',
      operation: 'absent',
      timing,
    },
    'schedules.pause': { scheduleId: randomUUID() },
    'schedules.resume': { scheduleId: randomUUID() },
    'schedules.remove': { scheduleId: randomUUID() },
    'toolkits.list': {},
    'toolkits.get': { slug: 'regex' },
    'toolkits.call': { slug: 'regex', operation: 'match', input: toolkitSamples['regex.match'] },
    'toolkits.enable': { slug: 'absent', justification },
    'toolkits.disable': { slug: 'absent', justification },
    'toolkits.getSettings': { slug: 'absent' },
    'toolkits.putSettings': { slug: 'absent', settings: {} },
    'auth.providers': {},
    'auth.login': { username: 'somebody', password: 'x', provider: 'elsewhere' },
    'auth.logout': {},
    'auth.changePassword': { currentPassword: 'not right', newPassword: 'long enough, but never set' },
    'auth.me': {},
    'auth.sessions': {},
    'auth.endSession': { sessionId: randomUUID() },
    'tokens.list': {},
    'tokens.create': { name: 'made in the matrix' },
    'tokens.revoke': { tokenId: randomUUID() },
    'users.list': {},
    'users.create': { username: 'matrix', password: 'twelve letters', summary: nobody.summary },
    'users.update': { ...nobody, displayName: 'Nobody' },
    'users.disable': nobody,
    'users.setRoles': { ...nobody, roles: [] },
    'users.sessions': { userId: nobody.userId },
    'users.revokeSession': { ...nobody, sessionId: randomUUID() },
    'secrets.list': {},
    'secrets.put': { name: 'matrix/secret', values: { field: 'value' } },
    'secrets.remove': { name: 'matrix/absent' },
    'audit.list': { operation: 'auth.login' },
    'audit.get': { seq: 999_999 },
    'audit.export': { operation: 'auth.login' },
    'audit.verify': {},
    'documentation.list': {},
    'documentation.get': { guide: 'absent' },
    'documentation.search': { q: 'cancel' },
    'documentation.recommend': { question: 'How do I cancel a job?' },
    'documentation.verifyQuotes': { quotes: [{ text: 'as it stands there' }] },
    'runtime.status': {},
    'views.list': {},
    'views.put': { list: 'jobs', name: 'matrix', query: 'q=matrix' },
    'views.remove': { viewId: randomUUID() },
    'codex.listWorkspaces': {},
    'codex.addWorkspace': { name: 'matrix', directory: '/absent' },
    'codex.removeWorkspace': absent,
    'codex.getWorkspace': absent,
    'codex.repairWorkspace': absent,
    'codex.getBacklog': absent,
    'codex.nextTasks': absent,
    'codex.addTask': { ...absent, area: 'jobs', id: 'matrix', title: 'Never made' },
    'codex.editTask': { ...absentTask, set: { priority: 'low' }, was: { priority: 'high' } },
    'codex.moveTask': absentTask,
    'codex.removeTask': absentTask,
    'codex.addArea': { ...absent, id: 'matrix', title: 'Never made' },
    'codex.editArea': { ...absent, area: 'jobs', set: { title: 'Never set' }, ifVersion: 'none' },
    'codex.blockTask': { ...absentTask, missing: { text: 'everything' } },
    'codex.unblockTask': { ...absentTask, why: 'it came' },
    'codex.listSessions': absent,
    'codex.getSession': absentSession,
    'codex.startTask': { ...absent, task: 'jobs/matrix' },
    'codex.renewClaim': absentSession,
    'codex.noteTask': { ...absentSession, text: 'never noted' },
    'codex.pauseTask': { ...absentSession, why: 'never paused' },
    'codex.resumeTask': absentSession,
    'codex.finishSession': { ...absentSession, text: 'never finished' },
    'codex.handOverTask': { ...absentSession, to: 'nobody', text: 'never handed over' },
    'codex.releaseTask': { ...absentSession, why: 'never released' },
    'codex.doneTask': { ...absentSession, lesson: 'none', outcomes: [{ kind: 'api', text: 'none' }] },
    'codex.listBoxes': absent,
    'codex.getPullRequest': absentTask,
    'codex.readJournal': absent,
    'codex.getProgress': absent,
    'codex.listPersonas': {},
    'codex.getPersona': { slug: 'sre-orchestrator' },
    'codex.listTasks': {},
    'codex.getTask': { slug: 'review-dashboard' },
  }
}
