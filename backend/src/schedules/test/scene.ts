import { scheduleOperations } from '@sre-toolbox/contract/schedules'
import { createMemoryQueue } from '../../adapters/queue-embedded/queue.ts'
import type { Database } from '../../adapters/sql/database.ts'
import { createAudit } from '../../audit/index.ts'
import { createAuditStore } from '../../audit/store.sql.ts'
import { createJobs, type Requester, toSummary } from '../../jobs/index.ts'
import { createJobStore } from '../../jobs/store.sql.ts'
import { anonymous, type Caller, systemCaller } from '../../kernel/caller.ts'
import { ToolboxError } from '../../kernel/errors.ts'
import { createEventBus } from '../../kernel/event-bus.ts'
import { createIds } from '../../kernel/ids.ts'
import { type Operation, validationFailed } from '../../kernel/operation.ts'
import { createRegistry } from '../../kernel/registry.ts'
import { createRunner } from '../../kernel/run-operation.ts'
import { createFiring, createScheduleOperations, createSchedules } from '../index.ts'
import type { ScheduleStore } from '../ports.ts'
import { createScheduleStore } from '../store.sql.ts'

export const person = (name: string, differs: Partial<Caller> = {}): Caller => ({
  ...anonymous('192.0.2.1'),
  kind: 'user',
  userId: `id of ${name}`,
  name,
  roles: ['toolkit.user'],
  ...differs,
})

/** What the people of a test may do, and what the toolkit `demo` offers; a test changes it as it goes. */
export interface World {
  now: number
  /** Who may still act, by id. */
  readonly people: Map<string, Caller>
  disabled: string[]
  missing: string[]
}

export function createWorld(): World {
  const people = ['ada', 'ben'].map((name) => person(name))
  const root = person('root', { superuser: true })
  return {
    now: Date.parse('2026-05-01T12:00:00Z'),
    people: new Map([...people, root].map((caller) => [caller.userId ?? '', caller])),
    disabled: [],
    missing: [],
  }
}

/** One process of the product, as far as schedules are concerned. */
export function createProcess(
  world: World,
  db: Database,
  { spoil = (store) => store }: { spoil?: (store: ScheduleStore) => ScheduleStore } = {},
) {
  const clock = { now: () => world.now }
  const ids = createIds(clock)
  const events = createEventBus((error) => Promise.reject(error))
  const logged: unknown[] = []
  const logger = { debug() {}, info() {}, warn() {}, error: (fields: object) => logged.push(fields) }
  const audit = createAudit({ store: createAuditStore(db), clock, ids, retentionDays: null })
  const jobStore = createJobStore(db, () => ({ operation: null, toolkit: null }))
  const jobs = createJobs({ store: jobStore, queue: createMemoryQueue(), events, clock, ids, worker: null })

  const operation = (name: string, differs: Partial<Operation> = {}): Operation => ({
    id: `demo.${name}`,
    access: 'toolkit.user',
    effect: 'write',
    delegates: false,
    toolkit: 'demo',
    parse(input) {
      if (typeof (input as { n?: unknown }).n === 'number') return input
      throw validationFailed([{ path: 'n', message: 'is required' }])
    },
    redact: (input) =>
      typeof input === 'object' && input !== null && 'password' in input
        ? { ...input, password: '[redacted]' }
        : input,
    async run(input, context) {
      if (world.disabled.includes('demo')) throw new ToolboxError('toolkit_disabled', 'demo is disabled')
      const request = { toolkit: 'demo', operation: name, version: '1.0.0', input, idempotent: true }
      const { caller, submission } = context
      const job = await jobs.submit({ ...request, timeoutMs: 1000, caller, submission }, context.accepted)
      return { job: toSummary(job) }
    },
    ...differs,
  })
  const offered = new Map(
    [
      operation('work'),
      operation('curate', { access: 'toolkit.curator' }),
      operation('destroy', { effect: 'destructive' }),
      operation('answer'),
    ].map((one) => [one.id, one]),
  )
  const find = (id: string) => (world.missing.includes(id) ? undefined : offered.get(id))
  const offers = {
    find(toolkit: string, name: string) {
      const found = find(`${toolkit}.${name}`)
      return found && { operation: found, isJob: name !== 'answer' }
    },
    disabled: () => world.disabled,
  }

  const store = spoil(createScheduleStore(db))
  const schedules = createSchedules({ store, offers, jobs, events, clock, ids })
  const { registry, faults } = createRegistry({
    declarations: scheduleOperations,
    core: createScheduleOperations(schedules, offers),
    toolkitOperation: find,
  })
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const runner = createRunner({ registry, audit })
  const { signal } = new AbortController()
  const call = async <Answer>(caller: Caller, id: string, input: object): Promise<Answer> =>
    (await runner.run(`schedules.${id}`, input, { caller, requestId: 'request', signal })).output as Answer

  async function callerFor({ id }: Requester): Promise<Caller> {
    const caller = world.people.get(id)
    if (caller) return caller
    throw new ToolboxError('not_signed_in', 'The user who asked for this is gone or disabled.')
  }
  const fireDue = createFiring({
    store,
    offers,
    jobs,
    callerFor,
    run: runner.run,
    pause: (scheduleId, reason) => call(systemCaller('schedules'), 'pause', { scheduleId, reason }),
    events,
    clock,
    logger,
  })
  return {
    call,
    fireDue,
    logged,
    events,
    jobs,
    jobStore,
    async made() {
      return (await jobs.list({}, { cursor: null, limit: 100 })).jobs.toReversed()
    },
    async audited(filter: { operation?: string } = {}) {
      return (await audit.list(filter, { limit: 100 })).items.toReversed()
    },
  }
}

export type Process = ReturnType<typeof createProcess>
