import { MantineProvider } from '@mantine/core'
import { me } from '@sre-toolbox/contract/identity'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { ApiError, createApi } from './lib/api.ts'
import { apiUrl } from './lib/api-url.ts'
import { AppContext } from './lib/app-context.ts'
import { createLive } from './lib/live.ts'
import { createSession } from './lib/session.ts'
import { theme } from './lib/theme.ts'
import { routes } from './routes.tsx'
import './styles/mantine.css'
import './styles/tokens.css'
import './styles/base.css'
import './components/lists.css'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // What was refused once is refused again; only an outage passes.
      retry: (count, error) =>
        error instanceof ApiError && (error.status === 0 || error.status === 503) && count < 2,
    },
  },
})
const session = createSession()
const api = createApi(
  (path, init) => fetch(apiUrl(String(path)), init),
  () => session.signInAgain(),
)
const live = createLive(
  () => new EventSource(apiUrl('/api/events')),
  () => {
    api.call(me, {}).catch(() => {})
  },
)
const app = { api, session, live, queries, kept: new Map<string, unknown>() }
const router = createBrowserRouter(routes)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <AppContext value={app}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AppContext>
      </MantineProvider>
    </StrictMode>,
  )
}
