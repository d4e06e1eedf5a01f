export type { DashboardCardContent } from './card.ts'
export type {
  FetchOptions,
  ToolkitContext,
  ToolkitLog,
  ToolkitProgress,
  ToolkitStep,
  ToolkitStore,
} from './context.ts'
export { OperationError, RequestError } from './errors.ts'
export type {
  CoreJob,
  FetchRequest,
  FetchResponse,
  FetchTimings,
  HostMethod,
  HostRequests,
  JobSubmission,
  StoredItem,
  StorePage,
} from './requests.ts'
export type { OperationHandler, Toolkit, ToolkitHealth, ToolkitOperation } from './toolkit.ts'
export { defineOperation, defineToolkit } from './toolkit.ts'
