export { createToolkitHosts, type ToolkitHostsOptions } from './hosts.ts'
export { materialise } from './materialise.ts'
export { reapOrphans } from './process/orphans.ts'
