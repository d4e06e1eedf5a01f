export { createDiagnostics, type Diagnostics } from './diagnostics.ts'
export { createEventLoopGauge } from './event-loop.ts'
export { createLoadFailures } from './load-failures.ts'
export { createDiagnosticsOperations } from './operations.ts'
