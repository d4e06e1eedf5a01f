import type { RouteObject } from 'react-router'
import { AppShell } from './shell/AppShell.tsx'
import { Broken } from './shell/Broken.tsx'
import { NotFound } from './shell/NotFound.tsx'
import { Opening } from './shell/Opening.tsx'

export const routes: RouteObject[] = [
  {
    path: '/login',
    lazy: async () => ({ Component: (await import('./shell/LoginPage.tsx')).LoginPage }),
    hydrateFallbackElement: <Opening />,
    errorElement: <Broken />,
  },
  {
    element: <AppShell />,
    hydrateFallbackElement: <Opening />,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          {
            index: true,
            lazy: async () => ({
              Component: (await import('./features/dashboard/DashboardPage.tsx')).DashboardPage,
            }),
          },
          {
            path: '/jobs',
            lazy: async () => ({ Component: (await import('./features/jobs/JobsPage.tsx')).JobsPage }),
          },
          {
            path: '/jobs/:jobId',
            lazy: async () => ({ Component: (await import('./features/jobs/JobPage.tsx')).JobPage }),
          },
          {
            path: '/schedules',
            lazy: async () => ({
              Component: (await import('./features/schedules/SchedulesPage.tsx')).SchedulesPage,
            }),
          },
          {
            path: '/schedules/new',
            lazy: async () => ({
              Component: (await import('./features/schedules/NewSchedulePage.tsx')).NewSchedulePage,
            }),
          },
          {
            path: '/schedules/:scheduleId',
            lazy: async () => ({
              Component: (await import('./features/schedules/SchedulePage.tsx')).SchedulePage,
            }),
          },
          {
            path: '/toolkits',
            lazy: async () => ({
              Component: (await import('./features/toolkits/ToolkitsPage.tsx')).ToolkitsPage,
            }),
          },
          {
            path: '/toolkits/:slug/*',
            lazy: async () => ({ Component: (await import('./shell/ToolkitPage.tsx')).ToolkitPage }),
          },
          {
            path: '/documentation/*',
            lazy: async () => ({
              Component: (await import('./features/documentation/DocumentationPage.tsx')).DocumentationPage,
            }),
          },
          {
            path: '/codex',
            lazy: async () => ({ Component: (await import('./features/codex/CodexHome.tsx')).CodexHome }),
          },
          {
            path: '/codex/workspaces',
            lazy: async () => ({
              Component: (await import('./features/codex/WorkspacesPage.tsx')).WorkspacesPage,
            }),
          },
          {
            lazy: async () => ({
              Component: (await import('./features/codex/WorkspaceFrame.tsx')).WorkspaceFrame,
            }),
            children: [
              {
                path: '/codex/workspaces/:workspaceId',
                lazy: async () => ({
                  Component: (await import('./features/codex/BacklogPage.tsx')).BacklogPage,
                }),
              },
              {
                path: '/codex/workspaces/:workspaceId/focus',
                lazy: async () => ({
                  Component: (await import('./features/codex/FocusPage.tsx')).FocusPage,
                }),
              },
              {
                path: '/codex/workspaces/:workspaceId/journal',
                lazy: async () => ({
                  Component: (await import('./features/codex/JournalPage.tsx')).JournalPage,
                }),
              },
              {
                path: '/codex/workspaces/:workspaceId/prompts',
                lazy: async () => ({
                  Component: (await import('./features/codex-library/prompts/PromptsPage.tsx')).PromptsPage,
                }),
              },
              {
                path: '/codex/workspaces/:workspaceId/prompts/:name',
                lazy: async () => ({
                  Component: (await import('./features/codex-library/prompts/PromptPage.tsx')).PromptPage,
                }),
              },
            ],
          },
          {
            path: '/codex/personas',
            lazy: async () => ({
              Component: (await import('./features/codex-library/PersonasPage.tsx')).PersonasPage,
            }),
          },
          {
            path: '/codex/prompts',
            lazy: async () => ({
              Component: (await import('./features/codex-library/prompts/ScratchPage.tsx')).ScratchPage,
            }),
          },
          {
            path: '/codex/tasks',
            lazy: async () => ({
              Component: (await import('./features/codex-library/tasks/TasksPage.tsx')).TasksPage,
            }),
          },
          {
            path: '/codex/tasks/:slug',
            lazy: async () => ({
              Component: (await import('./features/codex-library/tasks/TaskPage.tsx')).TaskPage,
            }),
          },
          {
            path: '/codex/runs',
            lazy: async () => ({
              Component: (await import('./features/codex-library/runs/RunsPage.tsx')).RunsPage,
            }),
          },
          {
            path: '/codex/runs/:runId',
            lazy: async () => ({
              Component: (await import('./features/codex-library/runs/RunPage.tsx')).RunPage,
            }),
          },
          {
            path: '/admin/audit',
            lazy: async () => ({ Component: (await import('./features/audit/AuditPage.tsx')).AuditPage }),
          },
          {
            path: '/admin/toolkits',
            lazy: async () => ({
              Component: (await import('./features/toolkits/AdminToolkitsPage.tsx')).AdminToolkitsPage,
            }),
          },
          {
            path: '/admin/toolkits/:slug',
            lazy: async () => ({
              Component: (await import('./features/toolkits/AdminToolkitPage.tsx')).AdminToolkitPage,
            }),
          },
          {
            path: '/admin/users',
            lazy: async () => ({ Component: (await import('./features/users/UsersPage.tsx')).UsersPage }),
          },
          {
            path: '/admin/secrets',
            lazy: async () => ({
              Component: (await import('./features/secrets/SecretsPage.tsx')).SecretsPage,
            }),
          },
          {
            path: '/account',
            lazy: async () => ({
              Component: (await import('./features/account/AccountPage.tsx')).AccountPage,
            }),
          },
          {
            path: '/admin/runtime',
            lazy: async () => ({
              Component: (await import('./features/runtime/RuntimePage.tsx')).RuntimePage,
            }),
          },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]
