import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import type { ToolkitPage } from '@sre-toolbox/sdk/ui'
import { lazy, Suspense } from 'react'
import { Link, Route, Routes, useLocation, useSearchParams } from 'react-router'
import { Empty, Loading } from '../components/states.tsx'
import { useApp } from '../lib/app-context.ts'
import { ErrorBoundary } from './toolkit-ui/ErrorBoundary.tsx'
import type { LoadedUi, LoadFailure } from './toolkit-ui/load-toolkit-ui.ts'
import { reportFailures } from './toolkit-ui/report-failures.ts'
import { ToolkitContext } from './toolkit-ui/toolkit-context.ts'
import { useToolkitUi } from './toolkit-ui/use-toolkit-ui.ts'
import './toolkit-renderer.css'

const formsPath = 'operations'
// With it come the forms, which a toolkit's own pages may do without.
const GenericToolkitPlaceholder = lazy(async () => ({
  default: (await import('./GenericToolkitPlaceholder.tsx')).GenericToolkitPlaceholder,
}))

/** A toolkit's own pages, loaded at run time, with its operations as forms beside them; the forms alone where there are no pages, or none that work. */
export function ToolkitRenderer({ toolkit }: { toolkit: ToolkitDetail }) {
  const { result, retry } = useToolkitUi(toolkit)
  const loading = <Loading what={`the pages of ${toolkit.name}`} lines={10} />
  if (!result) return loading
  const { loaded, failures } = result
  return (
    <Suspense fallback={loading}>
      {loaded ? (
        <Loaded toolkit={toolkit} loaded={loaded} failures={failures} retry={retry} />
      ) : (
        <GenericToolkitPlaceholder toolkit={toolkit} failures={failures} retry={retry} />
      )}
    </Suspense>
  )
}

interface LoadedProps {
  readonly toolkit: ToolkitDetail
  readonly loaded: LoadedUi
  readonly failures: readonly LoadFailure[]
  readonly retry: () => void
}

function Loaded({ toolkit, loaded, failures, retry }: LoadedProps) {
  return (
    <ToolkitContext value={toolkit}>
      {failures.map(({ kind, url, cause }) => (
        <p key={url} role="status" className="card pad toolkit-notice">
          The {kind} pages could not be loaded ({cause}). These are the {loaded.from.kind} ones.
        </p>
      ))}
      <ToolkitPages toolkit={toolkit} loaded={loaded} retry={retry} />
    </ToolkitContext>
  )
}

function ToolkitPages({ toolkit, loaded, retry }: Omit<LoadedProps, 'failures'>) {
  const { api } = useApp()
  const { ui, from } = loaded
  const root = `/toolkits/${toolkit.slug}`
  const shown = useShownPath(root)
  const failed = (error: Error): LoadFailure[] => [{ ...from, cause: String(error) }]
  return (
    <>
      <nav aria-label={`Pages of ${toolkit.name}`} className="page-tabs">
        {[...ui.pages, { path: formsPath, title: 'Operations' }].map(({ path, title }) => (
          <Link
            key={path}
            to={path === '' ? root : `${root}/${path}`}
            aria-current={path === shown ? 'page' : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      {shown === formsPath ? (
        <GenericToolkitPlaceholder toolkit={toolkit} />
      ) : (
        <ErrorBoundary
          key={shown}
          of={ui}
          onError={(error) => reportFailures(api, toolkit.slug, 'render', failed(error))}
          fallback={(error) => (
            <GenericToolkitPlaceholder toolkit={toolkit} failures={failed(error)} retry={retry} />
          )}
        >
          <div className="toolkit-ui" data-toolkit={toolkit.slug}>
            <Routes>
              {ui.pages.map((page) => routeOf(page))}
              <Route path="*" element={<NoSuchPage root={root} name={toolkit.name} />} />
            </Routes>
          </div>
        </ErrorBoundary>
      )}
    </>
  )
}

function routeOf({ path, Component }: ToolkitPage) {
  return path === '' ? (
    <Route key={path} index element={<Component />} />
  ) : (
    <Route key={path} path={`${path}/*`} element={<Component />} />
  )
}

/** The path of the page that is shown. Links to an operation's form are the same whether a toolkit has pages or not. */
function useShownPath(root: string): string {
  const { pathname } = useLocation()
  const [search] = useSearchParams()
  if (search.has('operation')) return formsPath
  return pathname.slice(root.length + 1).split('/')[0] ?? ''
}

function NoSuchPage({ root, name }: { root: string; name: string }) {
  return (
    <Empty title={`${name} has no such page`}>
      <Link to={root}>Go to its first page</Link>
    </Empty>
  )
}
