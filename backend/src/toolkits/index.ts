import type { ToolkitAdditions } from '@sre-toolbox/codex/toolkit-additions'
import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import type { Executor, LimitsOf } from '../jobs/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { EventBus } from '../kernel/event-bus.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Operation } from '../kernel/operation.ts'
import type { Runner } from '../kernel/run-operation.ts'
import { createActiveToolkits } from './active-toolkits.ts'
import { type ToolkitOperationView, toOperationViews, toSummary } from './describe.ts'
import { createExecutor } from './executor.ts'
import { createHealthChecks, type HealthChecks } from './health-checks.ts'
import type { HostedRunsDeps } from './hosted-runs.ts'
import { type BundleDirectory, type BundleFault, loadBundles } from './load-bundles.ts'
import { createMasks } from './mask.ts'
import { createToolkitOperations } from './operations.ts'
import type {
  Egress,
  PlaceCode,
  RunAs,
  SecretReader,
  SubmitJob,
  ToolkitHosts,
  ToolkitStore,
  ToolkitValues,
} from './ports.ts'
import { createSchemas } from './schemas.ts'
import { createToolkitSettings } from './settings.ts'
import { storageLimits } from './storage.ts'
import type { Toolkit } from './toolkit.ts'
import { toOperation } from './toolkit-operation.ts'
import { readUiFile, type UiFileRequest, uiPlaces } from './ui-files.ts'

export { toFact } from './describe.ts'
export type {
  NewToolkitJob,
  PlaceCode,
  RunAs,
  SecretReader,
  SubmitJob,
  ToolkitStore,
  ToolkitValues,
} from './ports.ts'
export type { BundleDirectory, BundleFault, ToolkitOperationView, UiFileRequest }

export interface ToolkitsDeps {
  readonly directories: readonly BundleDirectory[]
  /** SemVer of the product. */
  readonly productVersion: string
  /** First parts of the ids of core operations: no toolkit may take them as its slug. */
  readonly reserved: ReadonlySet<string>
  readonly placeCode: PlaceCode
  readonly store: ToolkitStore
  readonly values: ToolkitValues
  readonly secrets: SecretReader
  readonly hosts: ToolkitHosts
  readonly egress: Egress
  readonly submitJob: SubmitJob
  readonly runAs: RunAs
  /** For health checks; the runner may be made later than the toolkits. */
  readonly run: Runner['run']
  readonly events: EventBus
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
}

export interface Toolkits {
  /** Of bundles that could not be used. One of a bundle that came with the product is a reason not to boot. */
  readonly faults: readonly BundleFault[]
  readonly operations: readonly Operation[]
  readonly all: readonly Toolkit[]
  isEnabled(slug: string): boolean
  /** What toolkits offer by `slug.operation`; undefined when nothing does. */
  toolkitOperation(id: string): Operation | undefined
  /** An operation by its parts, and whether it runs as a job. */
  offer(slug: string, operation: string): { operation: Operation; isJob: boolean } | undefined
  /** Slugs of the toolkits that are disabled now. */
  disabled(): readonly string[]
  /** Every toolkit as lists show it. */
  summaries(): readonly ToolkitSummary[]
  /** What all toolkits declare, those that are disabled among them. */
  declared(): readonly ToolkitOperationView[]
  /** What may be called now, as references show it. */
  offered(): readonly ToolkitOperationView[]
  /** What the enabled toolkits add to the codex. */
  additions(): readonly ToolkitAdditions[]
  readonly executor: Executor
  /** How many jobs of an operation, and of all operations of a toolkit, may run at once. */
  readonly limitsOf: LimitsOf
  readonly health: HealthChecks
  /** A file of a toolkit's user interface. Rejects with what speaks against it: `not_found`, `toolkit_disabled`. */
  uiFile(request: UiFileRequest): Promise<Buffer>
  /** Where a toolkit's user interface is. Throws `not_found` for a toolkit that is not there. */
  uiPlaces(slug: string): ReturnType<typeof uiPlaces>
  /** The text without the secrets that the toolkit was given, for what its code prints. */
  hideSecrets(slug: string, text: string): string
  /** Reads again what another process may have written: enabled or not, settings, health. */
  refresh(): Promise<void>
}

export async function createToolkits(deps: ToolkitsDeps): Promise<Toolkits> {
  const { store, hosts, clock, logger } = deps
  const schemas = createSchemas()
  const { toolkits, faults } = await loadBundles(deps.directories, { ...deps, schemas })
  const active = await createActiveToolkits(toolkits, deps)
  const settings = createToolkitSettings(active, schemas)
  const maskOf = createMasks()
  const runs: HostedRunsDeps = {
    maskOf,
    hosts,
    schemas,
    logger,
    settings,
    secrets: deps.secrets,
    egress: deps.egress,
    storage: { values: deps.values, limits: storageLimits, clock },
  }
  const operationDeps = { ...runs, active, submitJob: deps.submitJob }
  const operations = new Map(
    toolkits
      .flatMap((toolkit) =>
        toolkit.manifest.operations.map((operation) => toOperation(operationDeps, toolkit, operation)),
      )
      .map((operation) => [operation.id, operation]),
  )

  return {
    faults,
    operations: createToolkitOperations({ active, settings, store, hosts }),
    all: toolkits,
    isEnabled: active.isEnabled,
    toolkitOperation: (id) => operations.get(id),
    uiFile: (request) => readUiFile(active, request),
    offer: (slug, name) => {
      const operation = operations.get(`${slug}.${name}`)
      return operation && { operation, isJob: active.find(slug)?.operations.get(name)?.mode === 'job' }
    },
    disabled: () => toolkits.map(({ slug }) => slug).filter((slug) => !active.isEnabled(slug)),
    uiPlaces: (slug) => uiPlaces(active, slug),
    hideSecrets: (slug, text) => maskOf(slug).hide(text),
    summaries: () => toolkits.map((toolkit) => toSummary(active, toolkit)),
    declared: () => toolkits.flatMap(toOperationViews),
    offered: () => toolkits.filter(({ slug }) => active.isEnabled(slug)).flatMap(toOperationViews),
    additions: () =>
      toolkits.filter(({ slug }) => active.isEnabled(slug)).map((toolkit) => toolkit.additions),
    executor: createExecutor({ ...runs, active, runAs: deps.runAs }),
    limitsOf: (slug, operation) => {
      const toolkit = active.find(slug)
      return {
        operation: toolkit?.operations.get(operation)?.concurrency ?? null,
        toolkit: toolkit?.manifest.concurrency ?? null,
      }
    },
    health: createHealthChecks({ active, run: deps.run, clock, ids: deps.ids, logger }),
    refresh: active.refresh,
  }
}
