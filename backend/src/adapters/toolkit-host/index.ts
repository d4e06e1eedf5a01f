export { createToolkitHosts, type ToolkitHostsOptions } from './hosts.ts'
export { type MaterialiseOptions, materialise } from './materialise.ts'
export { reapOrphans } from './process/orphans.ts'
