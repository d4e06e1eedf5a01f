import type { ToolkitContext, ToolkitProgress } from './context.ts'
import { RequestError } from './errors.ts'
import { createContext } from './host.ts'
import type { FetchRequest, FetchResponse, HostMethod, HostRequests, StoredItem } from './requests.ts'
import { fetchOverHttp } from './testing/fetch-over-http.ts'
import { createMemoryStore } from './testing/memory-store.ts'
import type { ToolkitOperation } from './toolkit.ts'

export interface TestContextOptions {
  readonly settings?: Readonly<Record<string, unknown>>
  /** By reference: `{ 'secret:zabbix/main#token': '…' }`. */
  readonly secrets?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly store?: Readonly<Record<string, unknown>>
  readonly job?: ToolkitContext['job']
  /** Makes the request; by default a real one, of which only first byte, download and total are timed. */
  readonly fetch?: (request: FetchRequest, signal: AbortSignal) => Promise<FetchResponse>
  /** Answers `context.call` and `context.jobs`; by default every operation is refused. */
  readonly call?: (operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>
}

export interface TestContext {
  readonly context: ToolkitContext
  readonly logs: readonly { level: 'debug' | 'info' | 'warn' | 'error'; text: string }[]
  /** Every report, in order. */
  readonly reports: readonly ToolkitProgress[]
  /** All reports, merged as the job shows them. */
  progress(): ToolkitProgress
  stored(): readonly StoredItem[]
  abort(reason?: string): void
  /** Runs an operation as a host does: input and output pass through JSON. */
  run<Output>(operation: ToolkitOperation<Output>, input?: unknown): Promise<Output>
}

/** A context for testing handlers without a control plane. */
export function createTestContext(options: TestContextOptions = {}): TestContext {
  const controller = new AbortController()
  const logs: { level: 'debug' | 'info' | 'warn' | 'error'; text: string }[] = []
  const reports: ToolkitProgress[] = []
  const store = createMemoryStore(options.store ?? {})
  const makeRequest = options.fetch ?? fetchOverHttp

  const methods: { [Method in HostMethod]: (params: HostRequests[Method]['params']) => unknown } = {
    ...store.methods,
    'secrets.get': ({ reference }) => {
      const value = options.secrets?.[reference]
      if (value === undefined) throw new RequestError('not_found', `There is no secret ${reference}.`)
      return { value }
    },
    fetch: (request) => makeRequest(request, controller.signal),
    call: async ({ operation, input }) => {
      if (options.call) return options.call(operation, input)
      throw new RequestError(
        'role_missing',
        `The test context answers no calls; give it \`call\` for ${operation}.`,
      )
    },
  }

  const context = createContext({
    settings: options.settings ?? {},
    environment: options.environment ?? {},
    job: options.job ?? null,
    signal: controller.signal,
    log: (level, text) => logs.push({ level, text }),
    flush: async () => {},
    progress: (update) => reports.push(update),
    request: async (method, params) =>
      throughJson(await methods[method](throughJson(params) as never)) as never,
  })

  return {
    context,
    logs,
    reports,
    progress: () => Object.assign({}, ...reports),
    stored: store.items,
    abort: (reason = 'cancelled') => controller.abort(new Error(reason)),
    run: async (operation, input = {}) =>
      throughJson(await operation.handler(throughJson(input) as never, context)) as never,
  }
}

function throughJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value))
}
