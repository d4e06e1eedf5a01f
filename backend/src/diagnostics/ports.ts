/** What diagnostics needs to hear from the other parts. A probe that throws or hangs makes its part unhealthy. */
export interface DiagnosticProbes {
  /** Null when writes are durable; otherwise what is wrong. */
  databaseFault(): Promise<string | null>
  queue(): Promise<QueueView>
  workers(): Promise<readonly WorkerView[]>
  hosts(): readonly HostView[]
}

export interface QueueView {
  readonly engine: string
  readonly queued: number
  readonly running: number
  /** Milliseconds since the epoch; null when nothing waits. */
  readonly oldestQueuedAt: number | null
}

export interface WorkerView {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly heartbeatAt: number
  readonly leaseMs: number
}

export interface HostView {
  readonly slug: string
  readonly residentBytes: number | null
  readonly running: number
  readonly restarts: number
  readonly lastExit: string | null
}
