export { createDashboard } from './dashboard.ts'
export { createDashboardOperations } from './operations.ts'
