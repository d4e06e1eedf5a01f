/** What a command touches of the world around it. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  readonly now: () => number
  readonly random: () => number
  readonly newKey: () => string
  /** Set when the job, or what else the command waited for, ended badly without an error to print. */
  readonly exitWith: (code: number) => void
  /** Ends the process without waiting for anything. */
  readonly exitNow: (code: number) => void
  /** Calls back on Ctrl-C instead of ending the process, until released. */
  readonly onInterrupt: (listener: () => void) => () => void
}

/** Options that every command on the API takes. */
export interface ApiOptions {
  readonly url?: string
  readonly json?: boolean
  readonly utc?: boolean
}
