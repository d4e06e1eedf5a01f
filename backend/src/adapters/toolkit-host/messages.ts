import type { HostCall, HostProgress } from '../../toolkits/ports.ts'

/** From the control plane to a toolkit host. `call` is the number of a running call. */
export type ToHost =
  | {
      readonly type: 'load'
      /** URL of the toolkit's server entry. */
      readonly entry: string
      readonly environment: Readonly<Record<string, string>>
    }
  | {
      readonly type: 'call'
      readonly call: number
      readonly operation: string
      readonly input: unknown
      readonly settings: HostCall['settings']
      readonly job: HostCall['job']
    }
  | { readonly type: 'abort'; readonly call: number; readonly reason: string }
  /** The `bytes` of a log message are stored, or never will be. */
  | { readonly type: 'logged'; readonly call: number; readonly bytes: number; readonly error: string | null }
  | { readonly type: 'answer'; readonly request: number; readonly value: unknown }
  | {
      readonly type: 'refusal'
      readonly request: number
      readonly code: string
      readonly message: string
      readonly reason: string | null
    }
  | { readonly type: 'ping' }

/** From a toolkit host to the control plane. Toolkit code can forge all of these, in its own name alone. */
export type FromHost =
  | { readonly type: 'loaded'; readonly operations: readonly string[] }
  | { readonly type: 'unloadable'; readonly message: string }
  /** `bytes` comes back in `logged`. */
  | {
      readonly type: 'log'
      readonly call: number
      readonly bytes: number
      readonly lines: readonly WireLine[]
    }
  | { readonly type: 'progress'; readonly call: number; readonly update: HostProgress }
  | {
      readonly type: 'request'
      readonly call: number
      readonly request: number
      readonly method: string
      readonly params: unknown
    }
  /** Nobody waits for the answer any more. */
  | { readonly type: 'forget'; readonly call: number; readonly request: number }
  | { readonly type: 'succeeded'; readonly call: number; readonly output: unknown }
  | { readonly type: 'failed'; readonly call: number; readonly code: string; readonly message: string }
  /** Said just before the process ends by an error that nothing caught. */
  | { readonly type: 'crashed'; readonly message: string }
  | { readonly type: 'pong' }

/** Milliseconds since the epoch, level, text. */
export type WireLine = readonly [at: number, level: LogLevel, text: string]
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
