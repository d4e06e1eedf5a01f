export { createRunOperations } from './operations.ts'
export { createRunExecutor } from './run-job.ts'
export { createRuns, runsToolkit } from './runs.ts'
