import type { ToolkitComponents, ToolkitFormats } from './components.ts'
import type { ToolkitHooks } from './hooks.ts'

/**
 * Asks the product's API as the person who looks at the page: `path` is below `/api`, such as `/jobs?limit=5`. Resolves
 * to the JSON that came back; rejects with an `Error` that has the `status`, the `code` and the words of the server.
 */
export type ApiFetch = <Answer = unknown>(path: string, init?: ApiFetchInit) => Promise<Answer>

export interface ApiFetchInit {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** What the shell puts at `window.__SRE_TOOLKIT_RUNTIME` before it loads a toolkit's user interface. */
export interface ToolkitRuntime {
  /** SemVer of what is offered here. Additions raise the minor number. */
  readonly version: string
  readonly React: typeof import('react')
  readonly JsxRuntime: typeof import('react/jsx-runtime')
  readonly ReactDOM: Pick<typeof import('react-dom'), 'createPortal' | 'flushSync'>
  readonly ReactRouter: Pick<typeof import('react-router'), SharedRouterName>
  readonly apiFetch: ApiFetch
  readonly ui: ToolkitComponents & ToolkitHooks & ToolkitFormats
}

/** What of React Router is there to import. The router itself is the shell's. */
export type SharedRouterName =
  | 'Link'
  | 'NavLink'
  | 'Navigate'
  | 'Outlet'
  | 'Route'
  | 'Routes'
  | 'generatePath'
  | 'matchPath'
  | 'useLocation'
  | 'useMatch'
  | 'useNavigate'
  | 'useParams'
  | 'useSearchParams'

declare global {
  interface Window {
    __SRE_TOOLKIT_RUNTIME?: ToolkitRuntime
  }
}

export function toolkitRuntime(): ToolkitRuntime {
  const runtime = window.__SRE_TOOLKIT_RUNTIME
  if (!runtime) {
    throw new Error(
      'window.__SRE_TOOLKIT_RUNTIME is missing: this module runs inside SRE Toolbox, where the shell provides it.',
    )
  }
  return runtime
}
