import { ToolboxError } from '../../kernel/errors.ts'
import type { HostEnd, HostServices } from '../../toolkits/ports.ts'
import type { FromHost, ToHost } from './messages.ts'
import { toLogLines, toProgress } from './read-message.ts'

/** The control plane's side of one call that runs in a host. */
export interface HostedCall {
  receive(message: CallMessage): void
  /** Ends the call when all its log lines are stored. Only the first end counts. */
  end(end: HostEnd): void
}

export type CallMessage = Extract<
  FromHost,
  { type: 'log' | 'progress' | 'request' | 'forget' | 'succeeded' | 'failed' }
>

export interface HostedCallOptions {
  readonly services: HostServices
  readonly send: (message: ToHost) => void
  /** Bytes of log lines that came in, and minus as many when they are stored. */
  readonly onUnstored: (bytes: number) => void
  /** Called once, at once when the handler has ended. */
  readonly onEnding: () => void
  readonly onEnded: (end: HostEnd) => void
}

const mostRequests = 1000
/** Lists show it with every job that failed so. */
const longestMessage = 4000

export function createHostedCall(options: HostedCallOptions): HostedCall {
  const { services, send, onUnstored } = options
  const requests = new Map<number, AbortController>()
  let unstoredBatches = 0
  let ending: HostEnd | null = null

  async function log({ call, bytes, lines }: Extract<FromHost, { type: 'log' }>) {
    unstoredBatches++
    onUnstored(bytes)
    let error: string | null = null
    try {
      await services.log(toLogLines(lines))
    } catch (thrown) {
      error = messageOf(thrown)
    }
    unstoredBatches--
    onUnstored(-bytes)
    send({ type: 'logged', call, bytes, error })
    if (ending) settle(ending)
  }

  async function answer({ request, method, params }: Extract<FromHost, { type: 'request' }>) {
    const controller = new AbortController()
    requests.set(request, controller)
    try {
      if (requests.size > mostRequests) {
        throw new ToolboxError(
          'rate_limited',
          `More than ${mostRequests} requests are under way at once; await some first.`,
        )
      }
      send({
        type: 'answer',
        request,
        value: (await services.request(method, params, controller.signal)) ?? null,
      })
    } catch (error) {
      send({ type: 'refusal', request, ...refusalOf(error) })
    } finally {
      requests.delete(request)
    }
  }

  function end(how: HostEnd) {
    if (ending) return
    ending = how
    for (const controller of requests.values()) controller.abort(new Error('the operation has ended'))
    options.onEnding()
    settle(how)
  }

  function settle(how: HostEnd) {
    if (unstoredBatches === 0) options.onEnded(how)
  }

  return {
    receive(message) {
      if (ending) return
      switch (message.type) {
        case 'log':
          return void log(message)
        case 'progress':
          return services.progress(toProgress({ ...message.update }))
        case 'request':
          return void answer(message)
        case 'forget':
          return requests.get(message.request)?.abort(new Error('the toolkit gave up waiting'))
        case 'succeeded':
          return end({ kind: 'succeeded', output: message.output })
        case 'failed':
          return end({
            kind: 'failed',
            code: message.code.slice(0, 100),
            message: message.message.slice(0, longestMessage),
          })
      }
    },
    end,
  }
}

function refusalOf(error: unknown): { code: string; message: string; reason: string | null } {
  if (!(error instanceof ToolboxError)) return { code: 'internal', message: messageOf(error), reason: null }
  const { reason } = error.details
  return { code: error.code, message: error.message, reason: typeof reason === 'string' ? reason : null }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
