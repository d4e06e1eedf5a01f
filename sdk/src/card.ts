import type { ToolkitHealth } from './toolkit.ts'

/** What the operation of a dashboard card answers. */
export interface DashboardCardContent {
  /** Of what the card watches; `degraded` and `unhealthy` are also told first on the dashboard, with the first row that is so. */
  readonly status: ToolkitHealth['status'] | 'unknown'
  /** One sentence: how things are. */
  readonly headline: string
  /** At most ten. */
  readonly rows: readonly {
    readonly label: string
    readonly value: string
    readonly status?: DashboardCardContent['status']
    /** ISO 8601; shown as how long ago. */
    readonly at?: string
    /** The row leads to this job. */
    readonly jobId?: string
  }[]
}
