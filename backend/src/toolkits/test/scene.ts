import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { operations as declarations } from '@sre-toolbox/contract'
import { temporaryDirectory } from '../../../../test/support/temporary.ts'
import { openSqlite } from '../../adapters/sql/sqlite.ts'
import { createEgress } from '../../adapters/toolkit-host/egress/index.ts'
import { createToolkitHosts, materialise } from '../../adapters/toolkit-host/index.ts'
import type { AuditRecord } from '../../kernel/audit-trail.ts'
import { anonymous, type Caller, systemCaller } from '../../kernel/caller.ts'
import { systemClock } from '../../kernel/clock.ts'
import { createEventBus } from '../../kernel/event-bus.ts'
import { createIds } from '../../kernel/ids.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { Operation, RunContext, Submission } from '../../kernel/operation.ts'
import { createRunner, type Runner } from '../../kernel/run-operation.ts'
import { createToolkits, type NewToolkitJob, type ToolkitsDeps } from '../index.ts'
import { createToolkitStore } from '../store.sql.ts'
import { createToolkitValues } from '../values.sql.ts'
import { type SampleToolkit, writeToolkit } from './sample-toolkit.ts'

export const curator: Caller = {
  ...anonymous('10.0.0.1'),
  kind: 'user',
  userId: 'u1',
  name: 'ada',
  roles: ['toolkit.curator'],
}

/** Toolkits in real hosts on a real database, behind the real runner; ends with `await using`. */
export async function createScene(
  samples: Readonly<Record<string, SampleToolkit>>,
  options: Partial<ToolkitsDeps> & { secrets?: ToolkitsDeps['secrets'] } = {},
) {
  const root = await temporaryDirectory()
  const storage = join(root.path, 'storage')
  const runDirectory = join(root.path, 'run')
  const bundles = join(root.path, 'bundles')
  await mkdir(storage)
  await mkdir(bundles)
  for (const [slug, sample] of Object.entries(samples)) await writeToolkit(join(bundles, slug), slug, sample)

  const database = await openSqlite(join(root.path, 'toolbox.db'))
  const logged: { level: string; fields: object; message: string }[] = []
  const log = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message })
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const audited: AuditRecord[] = []
  const submitted: { job: NewToolkitJob; submission: Submission; caller: string }[] = []
  const events = createEventBus((error) => {
    throw error
  })
  const changes: string[] = []
  events.subscribe('toolkit', ({ slug }) => changes.push(slug))
  const hosts = createToolkitHosts({ storageDirectory: storage, runDirectory, logger })
  const egress = createEgress({ storageDirectory: storage, runDirectory, logger })
  const core = new Map<string, Operation>()

  const toolkits = await createToolkits({
    directories: [{ path: bundles, bundled: true }],
    productVersion: '1.2.3',
    reserved: new Set(declarations.map(({ id }) => id.slice(0, id.indexOf('.')))),
    placeCode: (slug, source) => materialise({ slug, source, storage }),
    store: createToolkitStore(database),
    values: createToolkitValues(database),
    secrets: { read: async (name, field) => `value of ${name}#${field}` },
    hosts,
    egress,
    async submitJob(job, context) {
      submitted.push({ job, submission: context.submission, caller: context.caller.name })
      await context.accepted('job-1')
      return { job: { id: 'job-1' } } as Awaited<ReturnType<ToolkitsDeps['submitJob']>>
    },
    runAs: async (requester, id, input, request) =>
      (await runner.run(id, input, { caller: systemCaller(requester.name), ...request })).output,
    run: (id, input, request) => runner.run(id, input, request),
    events,
    clock: systemClock,
    ids: createIds(systemClock),
    logger,
    ...options,
  })
  for (const operation of toolkits.operations) core.set(operation.id, operation)
  const runner: Runner = createRunner({
    registry: { find: (id) => core.get(id) ?? toolkits.toolkitOperation(id) },
    audit: { record: async (entry) => void audited.push(entry) },
  })

  return {
    bundles,
    toolkits,
    hosts,
    database,
    events,
    logged,
    audited,
    submitted,
    changes,
    /** Adds an operation of the product, as a fake part of it. */
    offer(id: string, run: (input: unknown, context: RunContext) => Promise<unknown>) {
      const same = (input: unknown) => input
      core.set(id, {
        id,
        access: 'toolkit.user',
        effect: 'read',
        delegates: false,
        toolkit: null,
        parse: same,
        redact: same,
        run,
      })
    },
    run: async (id: string, input: unknown = {}, caller = curator, signal = new AbortController().signal) =>
      (await runner.run(id, input, { caller, requestId: 'r1', signal })).output,
    async [Symbol.asyncDispose]() {
      await toolkits.health.close()
      await hosts.close()
      await egress.close()
      await database.close()
      await root[Symbol.asyncDispose]()
    },
  }
}
