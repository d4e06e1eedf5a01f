import { randomUUID } from 'node:crypto'
import { exportAudit } from '@sre-toolbox/contract/audit'
import { login, logout, me, revokeSession } from '@sre-toolbox/contract/identity'
import { cancelJob, listJobs, submitJob } from '@sre-toolbox/contract/jobs'
import { putSecret } from '@sre-toolbox/contract/secrets'
import { callToolkit, getToolkitSettings, putToolkitSettings } from '@sre-toolbox/contract/toolkits'
import { Registry as MetricsRegistry } from 'prom-client'
import type { AuditRecord } from '../../../kernel/audit-trail.ts'
import { anonymous, type Caller } from '../../../kernel/caller.ts'
import { ToolboxError } from '../../../kernel/errors.ts'
import { createEventBus } from '../../../kernel/event-bus.ts'
import { bind, type Operation } from '../../../kernel/operation.ts'
import { createRegistry } from '../../../kernel/registry.ts'
import { createRunner } from '../../../kernel/run-operation.ts'
import { createHttpServer, type HttpServerDeps } from '../http-server.ts'
import { createTestJobs } from './test-jobs.ts'

export const declarations = [
  login,
  logout,
  me,
  revokeSession,
  listJobs,
  cancelJob,
  submitJob,
  putSecret,
  callToolkit,
  getToolkitSettings,
  putToolkitSettings,
  exportAudit,
] as const

export const adminToken = 'admin-token'
export const userToken = 'user-token'
const sessionToken = 'session-of-ada'

const ada = {
  id: randomUUID(),
  username: 'ada',
  displayName: 'Ada',
  email: null,
  provider: 'local',
  roles: ['toolkit.user' as const],
  superuser: true,
  disabled: false,
  passwordGiven: false,
  createdAt: '2030-01-01T00:00:00.000Z',
  lastLoginAt: null,
}

function userCaller(over: Partial<Caller>): Caller {
  return { ...anonymous('127.0.0.1'), kind: 'user', userId: ada.id, name: 'ada', ...over }
}

const apiToken = { id: randomUUID(), name: 'robot', operations: null, persona: null }

/** A real server on a free port, over the real kernel and a handful of small operations. */
export async function startTestServer(over: Partial<HttpServerDeps> = {}) {
  const audited: AuditRecord[] = []
  const logged: { level: string; message: string; fields: object }[] = []
  const log = (level: string) => (fields: object, message: string) => logged.push({ level, message, fields })
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const audit = { record: async (entry: AuditRecord) => void audited.push(entry) }
  const events = createEventBus((error) => logger.error({ error }, 'listener'))
  const jobs = createTestJobs(events)
  const revoked = new Set<string>()
  const received: { operation: string; input: unknown }[] = []
  const keep = (operation: string, input: unknown) => received.push({ operation, input })

  const core: Operation[] = [
    bind(login, ({ username, password }, context) => {
      if (password !== 'correct horse') {
        throw new ToolboxError('rate_limited', `${username} is locked. Wait.`, { retryAfterSeconds: 29.5 })
      }
      context.session?.set(sessionToken, Date.UTC(2031, 0, 1))
      return { user: ada }
    }),
    bind(logout, (_input, context) => {
      context.session?.clear()
      return {}
    }),
    bind(me, () => ({ user: ada, token: null, csrfHeader: 'x-toolbox-csrf' })),
    bind(revokeSession, (input) => {
      keep('users.revokeSession', input)
      return {}
    }),
    bind(listJobs, (input) => {
      keep('jobs.list', input)
      if (input.q === 'leak') return { items: [{ ...jobs.summary(), password: 'x' }], nextCursor: null }
      if (input.q === 'crash') throw new Error('the secret cause')
      return { items: [], nextCursor: null }
    }),
    bind(cancelJob, () => {
      throw new ToolboxError('conflict', 'The job has ended.', { currentVersion: 7 })
    }),
    bind(submitJob, async (input, context) => {
      keep('jobs.submit', input)
      await context.accepted(jobs.id)
      return { job: jobs.summary() }
    }),
    bind(putSecret, (input) => {
      keep('secrets.put', input)
      const fields = Object.keys(input.values)
      return { secret: { name: input.name, version: 1, fields, updatedAt: ada.createdAt } }
    }),
    bind(callToolkit, async (input, context) => {
      keep('toolkits.call', input)
      if (input.operation !== 'job') return { sum: 3 }
      await context.accepted(jobs.id)
      return { job: jobs.summary() }
    }),
    bind(getToolkitSettings, () => ({ settings: {}, schema: {}, version: 1 })),
    bind(putToolkitSettings, (input) => {
      keep('toolkits.putSettings', input)
      return { settings: input.settings, version: 2 }
    }),
    bind(exportAudit, () => 'one\ntwo\n'),
  ]
  const { registry, faults } = createRegistry({ declarations, core, toolkitOperation: () => undefined })
  if (faults.length > 0) throw new Error(faults.join('; '))

  const server = createHttpServer({
    version: '1.2.3',
    declarations,
    runner: createRunner({ registry, audit }),
    authenticate({ bearer, session, address }) {
      if (bearer === adminToken) return userCaller({ kind: 'token', token: apiToken, superuser: true })
      if (bearer === userToken) return userCaller({ kind: 'token', token: apiToken, roles: ['toolkit.user'] })
      if (bearer !== null) throw new ToolboxError('not_signed_in', 'The API token is not valid.')
      if (session === null || session !== sessionToken || revoked.has(session)) return anonymous(address)
      return userCaller({ sessionId: 's1', superuser: true })
    },
    audit,
    logger,
    events,
    ids: randomUUID,
    jobsFeed: jobs.feed,
    toolkitOperations: () => [],
    readiness: async () => [],
    metrics: new MetricsRegistry(),
    webApp: null,
    toolkitUiFile: async () => Buffer.alloc(0),
    ...over,
    options: {
      cookieSecure: false,
      bodyLimitBytes: 10_000,
      trustProxy: false,
      publicUrl: null,
      accessLog: false,
      checkOutputs: true,
      ...over.options,
    },
  })
  const address = await server.listen(0, '127.0.0.1')
  return { server, address, audited, logged, received, events, jobs, revoked, sessionToken }
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>
