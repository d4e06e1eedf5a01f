import { join } from 'node:path'
import { operations as declarations } from '@sre-toolbox/contract'
import { streams } from '@sre-toolbox/contract/streams'
import type { Database } from '../adapters/sql/database.ts'
import { createEgress } from '../adapters/toolkit-host/egress/index.ts'
import { createToolkitHosts, materialise, reapOrphans } from '../adapters/toolkit-host/index.ts'
import { createAudit } from '../audit/index.ts'
import { createAuditOperations } from '../audit/operations.ts'
import { createAuditStore } from '../audit/store.sql.ts'
import { createCodexFacts } from '../codex/facts.ts'
import { createCodexOperations } from '../codex/index.ts'
import { createPromptOperations } from '../codex/prompt-operations.ts'
import {
  createDiagnostics,
  createDiagnosticsOperations,
  createEventLoopGauge,
  createLoadFailures,
} from '../diagnostics/index.ts'
import { createLoadFailureStore } from '../diagnostics/store.sql.ts'
import { createDocumentation, createDocumentationOperations } from '../documentation/index.ts'
import { createIdentity, type Identity } from '../identity/index.ts'
import { createIdentityOperations } from '../identity/operations.ts'
import { createIdentityStore } from '../identity/store.sql.ts'
import {
  createJobOperations,
  createRetention,
  type JobQueue,
  type Jobs,
  type Requester,
  toSummary,
} from '../jobs/index.ts'
import { systemCaller } from '../kernel/caller.ts'
import { systemClock } from '../kernel/clock.ts'
import { createEventBus, type EventBus } from '../kernel/event-bus.ts'
import { createIds } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import { createRegistry } from '../kernel/registry.ts'
import { createRunner, type Runner } from '../kernel/run-operation.ts'
import { createShared } from '../kernel/shared.ts'
import { createSecretOperations } from '../secrets/operations.ts'
import { createToolkits, type RunAs, type SubmitJob } from '../toolkits/index.ts'
import { createToolkitStore } from '../toolkits/store.sql.ts'
import { createToolkitValues } from '../toolkits/values.sql.ts'
import { createHttpServer, type HttpOptions, readWebApp } from '../transports/http/index.ts'
import { createViews } from '../views/index.ts'
import { createViewOperations } from '../views/operations.ts'
import { createViewStore } from '../views/store.sql.ts'
import { appendToArchive } from './archive.ts'
import { composeCodex } from './codex.ts'
import { type Config, ConfigFaults } from './config.ts'
import { composeDashboard } from './dashboard.ts'
import { createGuideSources } from './guide-sources.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createJobEngine } from './job-engine.ts'
import { createLibrary } from './library.ts'
import { createMetrics } from './metrics.ts'
import { bundledToolkits, createPersonas, productVersion, webAppDirectory } from './product.ts'
import { createRunningTasks } from './running-tasks.ts'
import { createScheduling } from './scheduling.ts'
import { openSecrets } from './secrets.ts'

/** What differs from one way of running to another. */
export interface Foundation {
  readonly config: Config
  readonly database: Database
  readonly queue: JobQueue
  readonly logger: Logger
  /** True where no other process can hold the database. */
  readonly alone: boolean
  readonly http?: Partial<HttpOptions>
}

export interface App {
  readonly runner: Runner
  readonly identity: Identity
  readonly jobs: Jobs
  readonly events: EventBus
  /** Begins to run jobs and, in the role `api`, to answer; resolves to the address, null without that role. */
  start(): Promise<string | null>
  /** Takes nothing new, lets running work end for `drainMs`, and leaves nothing behind. */
  stop(drainMs: number): Promise<void>
}

const megabyte = 1024 ** 2
const readinessMs = 1000
/** How soon this process sees what others on the same database did. */
const followOthersMs = 1000
/** How soon it sees what somebody else did to a workspace's files. */
const followWorkspacesMs = 2000
/** Shorter than the pace of health checks, so that they alone keep no process alive. */
const hostIdleMs = 30_000

/** Wires the product. Throws `ConfigFaults` with everything that speaks against starting. */
export async function createApp({ config, database, queue, logger, alone, http }: Foundation): Promise<App> {
  const clock = systemClock
  const ids = createIds(clock)
  const startedAt = clock.now()
  const events = createEventBus((error) => logger.error({ error }, 'a listener failed'))
  const metrics = createMetrics()
  const storageDirectory = config.toolkitStorageDirectory
  const runDirectory = join(config.dataDirectory, 'run')
  reapOrphans(runDirectory)

  const audit = createAudit({
    store: createAuditStore(database),
    clock,
    ids,
    retentionDays: config.auditRetentionDays,
  })
  const identity = createIdentity({
    store: createIdentityStore(database),
    clock,
    ids,
    personas: createPersonas(),
    audit,
    operations: () => [
      ...[...declarations, ...streams].map(({ id }) => id),
      ...toolkits.all.flatMap(({ slug, manifest }) => manifest.operations.map(({ id }) => `${slug}.${id}`)),
    ],
  })
  const secrets = await openSecrets(config, database, clock)
  const hosts = createToolkitHosts({
    storageDirectory,
    runDirectory,
    logger,
    idleMs: hostIdleMs,
    environmentOf: ({ slug }) => pick(config, toolkitNamed(slug)?.manifest.permissions?.environment ?? []),
    onOutput: ({ slug }, level, text) =>
      logger[level]({ toolkit: slug, text: toolkits.hideSecrets(slug, text) }, 'printed by toolkit code'),
  })
  const environment = pick(config, ['NODE_EXTRA_CA_CERTS'])
  const egress = createEgress({ storageDirectory, runDirectory, logger, environment })

  // Toolkits ask for hosts, jobs and the runner, which are made from what toolkits offer: the circle closes here.
  const toolkitNamed = (slug: string) => toolkits.all.find((toolkit) => toolkit.slug === slug)
  const submitJob: SubmitJob = async (job, context) => ({
    job: toSummary(
      await jobs.submit({ ...job, caller: context.caller, submission: context.submission }, context.accepted),
    ),
  })
  const callerFor = async (requester: Requester) =>
    requester.id.startsWith('system:')
      ? systemCaller(requester.name)
      : identity.onBehalfOf({ userId: requester.id, tokenId: requester.tokenId })
  const runAs: RunAs = async (requester, operationId, input, { requestId, signal }) => {
    const caller = await callerFor(requester)
    return (await runner.run(operationId, input, { caller, requestId, signal })).output
  }
  const toolkits = await createToolkits({
    directories: [
      { path: bundledToolkits, bundled: true },
      ...config.extraToolkits.map((path) => ({ path, bundled: false })),
    ],
    productVersion,
    reserved: new Set(declarations.map(({ id }) => id.slice(0, id.indexOf('.')))),
    placeCode: (slug, source) => materialise({ slug, source, storage: storageDirectory }),
    store: createToolkitStore(database),
    values: createToolkitValues(database),
    secrets: { read: (name, field) => secrets.resolveReference(`secret:${name}#${field}`) },
    hosts,
    egress,
    submitJob,
    runAs,
    run: (operationId, input, request) => runner.run(operationId, input, request),
    events,
    clock,
    ids,
    logger,
  })

  const archiveDirectory = join(config.dataDirectory, 'archive')
  const library = createLibrary(toolkits.additions)
  const runningTasks = createRunningTasks({
    database,
    toolkits: toolkits.executor,
    library,
    version: productVersion,
    publicUrl: config.publicUrl,
    runAs,
    callerFor,
    resolveSecret: (reference) => secrets.resolveReference(reference),
    journal: (workspaceId, actor, report) => codex.journalRun(workspaceId, report, actor),
    requireWorkspace: (workspaceId) => codex.require(workspaceId),
    archive: appendToArchive(archiveDirectory, 'runs', clock),
    clock,
    logger,
  })
  const { store, worker, jobs, sweeper } = createJobEngine({
    config,
    database,
    queue,
    limitsOf: toolkits.limitsOf,
    executor: runningTasks.executor,
    alone,
    followOthersMs,
    events,
    clock,
    ids,
    logger,
  })
  const scheduling = createScheduling({
    database,
    toolkits,
    jobs,
    callerFor,
    run: (operationId, input, request, submission) => runner.run(operationId, input, request, submission),
    events,
    clock,
    ids,
    logger,
  })
  const eventLoop = createEventLoopGauge(clock)
  const diagnostics = createDiagnostics({
    version: productVersion,
    roles: config.roles,
    clock,
    startedAt,
    eventLoop,
    dataDirectory: config.dataDirectory,
    probes: {
      databaseFault: () => database.fault(),
      async queue() {
        const { counts, oldestQueuedAt } = await jobs.counts()
        return { engine: queue.engine, queued: counts.queued, running: counts.running, oldestQueuedAt }
      },
      workers: () => store.workers(),
      hosts: () => hosts.list().map(({ digest, ...host }) => host),
    },
  })

  const documentation = createDocumentation({ sources: createGuideSources(toolkits), logger })
  const offers = (operationId: string) => registry.find(operationId) !== undefined
  const environmentOfGit = pick(config, ['PATH', 'HOME', 'LANG', 'TZ'])
  const { additions } = toolkits
  const codex = composeCodex({
    ...{ config, database, events, clock, ids, library, additions, offers },
    environment: environmentOfGit,
  })
  const facts = createCodexFacts({ clock, address: config.publicUrl, diagnostics, toolkits })
  const dashboard = composeDashboard({
    database,
    jobs,
    toolkits,
    pausedSchedules: scheduling.pausedByThemselves,
    run: (operationId, input, request) => runner.run(operationId, input, request),
    clock,
    ids,
    logger,
  })

  const uis = { get: toolkits.uiPlaces }
  const { registry, faults } = createRegistry({
    declarations,
    core: [
      ...createJobOperations(jobs, identity.userIdOf),
      ...scheduling.operations,
      ...toolkits.operations,
      ...createIdentityOperations(identity),
      ...createSecretOperations(secrets),
      ...createAuditOperations(audit),
      ...createDocumentationOperations(documentation),
      ...createDiagnosticsOperations({
        diagnostics,
        loadFailures: createLoadFailures({ store: createLoadFailureStore(database), uis, clock, ids }),
        uis,
      }),
      ...createViewOperations(createViews({ store: createViewStore(database), clock, ids })),
      ...createCodexOperations(codex),
      ...createPromptOperations(codex, facts, { all: library, added: additions }),
      ...dashboard.operations,
      ...runningTasks.operations(jobs, () => registry),
    ],
    toolkitOperation: toolkits.toolkitOperation,
  })
  const fatal = [...faults, ...toolkits.faults.filter(({ bundled }) => bundled).map(({ message }) => message)]
  if (fatal.length > 0) throw new ConfigFaults(fatal)
  for (const { message } of toolkits.faults) logger.error({}, `a toolkit is left out: ${message}`)
  const runner = createRunner({ registry, audit, observe: metrics.observe })
  metrics.watch({ jobs, queueDepth: () => queue.depth(), hosts: () => hosts.list() })

  // Anyone may ask, and each answer writes: one serves all who ask within a second.
  const readiness = createShared(clock, readinessMs, async () => {
    const fault = await database.fault()
    return fault === null ? [] : [fault]
  })
  const webApp = readWebApp(webAppDirectory)
  if (!webApp)
    logger.warn({}, 'the web app is not built, so only the API is served: build it with `npm run build`')
  const server = createHttpServer({
    version: productVersion,
    declarations,
    runner,
    authenticate: ({ bearer, session, address }) =>
      identity.authenticate({ bearer: bearer ?? undefined, sessionSecret: session ?? undefined, address }),
    audit,
    logger,
    ids,
    events,
    metrics: metrics.registry,
    webApp,
    toolkitUiFile: toolkits.uiFile,
    toolkitOperations: toolkits.offered,
    jobsFeed: {
      async get(jobId) {
        const job = await jobs.get(jobId)
        return { ...toSummary(job), revision: job.revision }
      },
      logsAfter: async (jobId, after, limit) => (await jobs.logs({ jobId, after, limit })).lines,
    },
    readiness,
    ...(alone ? {} : { streamTimes: { heartbeatMs: followOthersMs } }),
    options: {
      cookieSecure: config.publicUrl?.startsWith('https:') ?? false,
      bodyLimitBytes: megabyte,
      trustProxy: config.trustedProxies ?? false,
      publicUrl: config.publicUrl,
      accessLog: config.logLevel === 'debug',
      checkOutputs: false,
      ...http,
    },
  })
  const housekeeping = createHousekeeping({
    tasks: [
      // What another process changed counts here, too.
      ...(alone ? [] : [{ name: 'toolkits', everyMs: followOthersMs, run: () => toolkits.refresh() }]),
      { name: 'workspaces', everyMs: followWorkspacesMs, run: () => codex.lookForChanges() },
      { name: 'sessions', everyMs: 3_600_000, run: () => identity.sweep() },
      { name: 'audit', everyMs: 86_400_000, run: () => audit.prune() },
      {
        name: 'jobs',
        everyMs: 3_600_000,
        run: createRetention({
          store,
          rule: config.jobRetention,
          archive: appendToArchive(archiveDirectory, 'jobs', clock),
          clock,
          logger,
        }).run,
      },
      ...runningTasks.housekeeping(jobs),
    ],
    logger,
  })

  return {
    runner,
    identity,
    jobs,
    events,
    async start() {
      await sweeper.start()
      worker?.start()
      // Where nothing runs, what is due would only wait.
      if (worker) scheduling.scheduler.start()
      toolkits.health.start()
      housekeeping.start()
      dashboard.start()
      return config.roles.includes('api') ? server.listen(config.port, config.host) : null
    },
    async stop(drainMs) {
      await scheduling.scheduler.stop()
      await toolkits.health.close()
      await Promise.all([housekeeping.stop(), dashboard.stop()])
      await Promise.all([server.close(drainMs), worker?.stop(drainMs)])
      await sweeper.stop()
      await hosts.close()
      await egress.close()
      await codex.close()
      eventLoop.close()
    },
  }
}

function pick({ variable }: Config, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names
      .flatMap((name) => [[name, variable(name)]])
      .filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
