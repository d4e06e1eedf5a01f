export type { Views } from './views.ts'
export { createViews } from './views.ts'
