import { ToolboxError } from '../../../kernel/errors.ts'
import type { EgressRequest, EgressResponse } from '../../../toolkits/ports.ts'
import { readOutputLines } from '../output-lines.ts'
import { createChannel } from '../process/channel.ts'
import type { SpawnedProcess } from '../process/spawn.ts'
import type { FromEgress, ToEgress } from './messages.ts'

export interface Helper {
  readonly exited: Promise<unknown>
  request(request: EgressRequest, signal: AbortSignal): Promise<EgressResponse>
  stop(): Promise<void>
}

const megabyte = 1024 ** 2

/** Speaks with the process that makes the requests. */
export function connectHelper(spawned: SpawnedProcess, onOutput: (text: string) => void): Helper {
  const waiting = new Map<number, PromiseWithResolvers<EgressResponse>>()
  let last = 0

  const channel = createChannel(spawned.pipe, {
    maxFrameBytes: 256 * megabyte,
    maxMessageLength: 64 * megabyte,
    onMessage: (message) => receive(message as FromEgress),
    onClose: () => void spawned.kill(),
  })
  const output = { onLine: onOutput, maxLinesPerSecond: 20, longestLine: 2000 }
  readOutputLines(spawned.stdout, output)
  readOutputLines(spawned.stderr, output)

  function receive(message: FromEgress) {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.type === 'response') return asked?.resolve(message.response)
    const { code, message: text, reason } = message.failure
    asked?.reject(new ToolboxError(code, text, reason === null ? {} : { reason }))
  }

  const exited = spawned.exited.then(() => {
    for (const asked of waiting.values()) {
      asked.reject(
        new ToolboxError('unavailable', 'The process that makes HTTP requests went away; try again.'),
      )
    }
    waiting.clear()
  })

  return {
    exited,
    request(request, signal) {
      signal.throwIfAborted()
      const id = ++last
      const asked = Promise.withResolvers<EgressResponse>()
      const abort = () => {
        channel.send({ type: 'abort', id } satisfies ToEgress)
        waiting.delete(id)
        asked.reject(signal.reason)
      }
      channel.send({ type: 'request', id, request } satisfies ToEgress)
      waiting.set(id, asked)
      signal.addEventListener('abort', abort, { once: true })
      return asked.promise.finally(() => signal.removeEventListener('abort', abort))
    },
    async stop() {
      channel.close()
      await exited
    },
  }
}
