import { RequestError } from '@sre-toolbox/sdk'
import type { FromHost } from '../messages.ts'

export interface Requests {
  /** Asks the control plane; the signal gives up waiting. */
  ask(call: number, method: string, params: unknown, signal: AbortSignal | null): Promise<unknown>
  answer(request: number, value: unknown): void
  refuse(request: number, code: string, message: string, reason: string | null): void
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** Questions under way to the control plane. */
export function createRequests(send: (message: FromHost) => void): Requests {
  const waiting = new Map<number, Waiting>()
  let last = 0

  function take(request: number): Waiting | undefined {
    const found = waiting.get(request)
    waiting.delete(request)
    return found
  }

  return {
    ask(call, method, params, signal) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted()
        const request = ++last
        send({ type: 'request', call, request, method, params })
        const giveUp = () => {
          take(request)
          send({ type: 'forget', call, request })
          reject(signal?.reason)
        }
        const done = () => signal?.removeEventListener('abort', giveUp)
        signal?.addEventListener('abort', giveUp, { once: true })
        waiting.set(request, {
          resolve: (value) => {
            done()
            resolve(value)
          },
          reject: (error) => {
            done()
            reject(error)
          },
        })
      })
    },
    answer: (request, value) => take(request)?.resolve(value),
    refuse: (request, code, message, reason) =>
      take(request)?.reject(new RequestError(code, message, reason)),
  }
}
