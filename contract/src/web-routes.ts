/** The pages of the web app: the paths at which the server answers with it. `/*` at the end: all that is below, too. */
export const webRoutes = [
  '/',
  '/login',
  '/jobs',
  '/jobs/:jobId',
  '/schedules',
  '/schedules/new',
  '/schedules/:scheduleId',
  '/toolkits',
  '/toolkits/:slug/*',
  '/admin/audit',
  '/admin/toolkits',
  '/admin/toolkits/:slug',
  '/admin/users',
  '/admin/secrets',
  '/account',
  '/admin/runtime',
] as const
