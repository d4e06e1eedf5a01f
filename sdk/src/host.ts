import type { ToolkitContext, ToolkitProgress } from './context.ts'
import type { CoreJob, HostMethod, HostRequests } from './requests.ts'

/** What carries a context: the pipe to the control plane in a toolkit host, plain objects in tests. */
export interface ContextLink {
  readonly settings: Readonly<Record<string, unknown>>
  readonly environment: Readonly<Record<string, string>>
  readonly job: ToolkitContext['job']
  readonly signal: AbortSignal
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void
  flush(): Promise<void>
  progress(update: ToolkitProgress): void
  request<Method extends HostMethod>(
    method: Method,
    params: HostRequests[Method]['params'],
  ): Promise<HostRequests[Method]['result']>
}

export function createContext(link: ContextLink): ToolkitContext {
  const call = (operation: string, input: object) =>
    link.request('call', { operation, input: input as Readonly<Record<string, unknown>> })
  const callForJob = async (operation: string, input: object) =>
    ((await call(operation, input)) as { job: CoreJob }).job

  return {
    settings: link.settings,
    environment: link.environment,
    job: link.job,
    get signal() {
      return link.signal
    },
    log: {
      debug: (text) => link.log('debug', text),
      info: (text) => link.log('info', text),
      warn: (text) => link.log('warn', text),
      error: (text) => link.log('error', text),
      flush: () => link.flush(),
    },
    progress: (update) => link.progress(update),
    secrets: {
      get: async (reference) => (await link.request('secrets.get', { reference })).value,
    },
    store: {
      get: async (key) => (await link.request('store.get', { key })).item,
      put: (key, value, options) => link.request('store.put', { key, value, ...options }),
      delete: async (key, options) => (await link.request('store.delete', { key, ...options })).deleted,
      list: (options) => link.request('store.list', { ...options }),
    },
    fetch: (url, options) => link.request('fetch', { ...fetchDefaults, ...options, url }),
    jobs: {
      submit: (submission) => callForJob('jobs.submit', submission),
      get: (jobId) => callForJob('jobs.get', { jobId }),
      cancel: (jobId, reason) =>
        callForJob('jobs.cancel', reason === undefined ? { jobId } : { jobId, reason }),
    },
    call: (operation, input = {}) => call(operation, input),
  }
}

const fetchDefaults = {
  method: 'GET',
  headers: {},
  body: null,
  timeoutMs: 30_000,
  maxBodyBytes: 1024 * 1024,
  maxRedirects: 5,
  freshConnection: false,
} as const
