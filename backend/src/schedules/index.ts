export { createFiring } from './firing.ts'
export { createScheduleOperations } from './operations.ts'
export { createScheduler, type Scheduler } from './scheduler.ts'
export { createSchedules } from './schedules.ts'
