export { createDocumentation } from './documentation.ts'
export { createDocumentationOperations } from './operations.ts'
export type { GuideSource } from './ports.ts'
