/** The pages of the web app: the paths at which the server answers with it. */
export const webRoutes = ['/', '/login', '/jobs', '/jobs/:jobId', '/toolkits', '/toolkits/:slug'] as const
