export type { HttpOptions } from './front.ts'
export { createHttpServer } from './http-server.ts'
export { readWebApp } from './web-app.ts'
