export type { Audit } from './audit.ts'
export { createAudit } from './audit.ts'
export type { AuditFilter } from './ports.ts'
