import type { ToolkitContext, ToolkitProgress } from '@sre-toolbox/sdk'
import { createContext } from '@sre-toolbox/sdk/host'
import type { FromHost, ToHost } from '../messages.ts'
import type { Handler } from './load-toolkit.ts'
import type { LogBuffer } from './log-buffer.ts'
import type { Requests } from './requests.ts'

export interface CallsOptions {
  readonly send: (message: FromHost) => void
  /** Asks for `sendProgress` at the end of the turn. */
  readonly wake: () => void
  readonly logs: LogBuffer
  readonly requests: Requests
}

export interface Calls {
  start(message: Extract<ToHost, { type: 'call' }>, handler: Handler, environment: Environment): void
  abort(call: number, reason: string): void
  /** Sends the latest report of every call that made one this turn. */
  sendProgress(): void
}

type Environment = Readonly<Record<string, string>>

interface Running {
  controller: AbortController | null
  abortReason: string | null
  progress: ToolkitProgress | null
}

/** Runs handlers, each with a context of its own. */
export function createCalls({ send, wake, logs, requests }: CallsOptions): Calls {
  const running = new Map<number, Running>()

  /** Made when first asked for: most handlers never do. */
  function signalOf(call: Running): AbortSignal {
    if (!call.controller) {
      call.controller = new AbortController()
      if (call.abortReason !== null) call.controller.abort(abortError(call.abortReason))
    }
    return call.controller.signal
  }

  function contextOf(
    id: number,
    call: Running,
    message: Extract<ToHost, { type: 'call' }>,
    environment: Environment,
  ) {
    const isOver = () => running.get(id) !== call
    return createContext({
      settings: message.settings,
      environment,
      job: message.job,
      get signal() {
        return signalOf(call)
      },
      log: (level, text) => {
        if (!isOver()) logs.add(id, level, String(text))
      },
      flush: () => logs.flush(id),
      progress: (update) => {
        if (isOver()) return
        call.progress = { ...call.progress, ...update }
        wake()
      },
      request: async (method, params) => {
        if (isOver()) throw new Error(`${method} was asked for after the operation had ended.`)
        // Only `fetch` gives up when cancelled: a handler that tidies up may still use its store.
        return (await requests.ask(id, method, params, method === 'fetch' ? signalOf(call) : null)) as never
      },
    })
  }

  function sendProgressOf(id: number, call: Running) {
    if (!call.progress) return
    const update = call.progress
    call.progress = null
    try {
      send({ type: 'progress', call: id, update })
    } catch (error) {
      logs.add(id, 'warn', `A progress report was left out: ${textOf(error)}`)
    }
  }

  /** The result goes out behind the last log line and the last report. */
  function end(id: number, call: Running, message: FromHost) {
    running.delete(id)
    sendProgressOf(id, call)
    logs.finish(id, () => sendResult(id, message))
  }

  function sendResult(id: number, message: FromHost) {
    try {
      send(message)
    } catch (error) {
      send({
        type: 'failed',
        call: id,
        code: 'output_unusable',
        message: `The output can't be passed on: ${textOf(error)}`,
      })
    }
  }

  async function run(id: number, call: Running, handler: Handler, input: unknown, context: ToolkitContext) {
    try {
      const output = await handler(input, context)
      end(id, call, { type: 'succeeded', call: id, output: output ?? null })
    } catch (error) {
      const failure = describe(error)
      // A handler that obeys its signal throws; where it stood then tells nobody anything.
      if (failure.stack && call.abortReason === null) logs.add(id, 'error', failure.stack)
      end(id, call, { type: 'failed', call: id, code: failure.code, message: failure.message })
    }
  }

  return {
    start(message, handler, environment) {
      const call: Running = { controller: null, abortReason: null, progress: null }
      running.set(message.call, call)
      void run(
        message.call,
        call,
        handler,
        message.input,
        contextOf(message.call, call, message, environment),
      )
    },
    abort(id, reason) {
      const call = running.get(id)
      if (!call || call.abortReason !== null) return
      call.abortReason = reason
      call.controller?.abort(abortError(reason))
    },
    sendProgress() {
      for (const [id, call] of running) sendProgressOf(id, call)
    },
  }
}

function abortError(reason: string): Error {
  return Object.assign(new Error(reason), { name: 'AbortError' })
}

/** An `OperationError` is known by its name: a bundle may carry its own copy of the class. */
function describe(error: unknown): { code: string; message: string; stack: string | null } {
  if (!(error instanceof Error)) return { code: 'handler_error', message: textOf(error), stack: null }
  const { name, code, message } = error as Error & { code?: unknown }
  if (name === 'OperationError' && typeof code === 'string') return { code, message, stack: null }
  return { code: 'handler_error', message, stack: error.stack ?? null }
}

export function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'a value that has no text was thrown'
  }
}
