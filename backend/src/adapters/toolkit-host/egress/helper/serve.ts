import { Agent } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import { Socket } from 'node:net'
import type { EgressRequest } from '../../../../toolkits/ports.ts'
import { createChannel } from '../../process/channel.ts'
import type { FromEgress, ToEgress } from '../messages.ts'
import { toFailure } from './failure.ts'
import { guardedLookup } from './guard.ts'
import { perform } from './perform.ts'

const megabyte = 1024 ** 2
const keepAlive = { keepAlive: true, maxFreeSockets: 16, timeout: 30_000 }
const agents = { http: new Agent(keepAlive), https: new TlsAgent(keepAlive) }
const lookup = guardedLookup()
const underWay = new Map<number, AbortController>()

const channel = createChannel(new Socket({ fd: 3, readable: true, writable: true }), {
  maxFrameBytes: 128 * megabyte,
  maxMessageLength: 128 * megabyte,
  onMessage: (message) => receive(message as ToEgress),
  onClose: () => process.exit(0),
})

function receive(message: ToEgress) {
  if (message.type === 'abort') underWay.get(message.id)?.abort()
  else void answer(message.id, message.request)
}

async function answer(id: number, request: EgressRequest) {
  const controller = new AbortController()
  underWay.set(id, controller)
  const timeout = AbortSignal.timeout(request.timeoutMs)
  try {
    const signal = AbortSignal.any([controller.signal, timeout])
    const response = await perform(request, agents, lookup, signal)
    send({ type: 'response', id, response })
  } catch (error) {
    send({
      type: 'failure',
      id,
      failure: timeout.aborted
        ? {
            code: 'timed_out',
            message: `${request.url} did not answer within ${request.timeoutMs} ms.`,
            reason: null,
          }
        : toFailure(error, URL.parse(request.url)?.host ?? request.url),
    })
  } finally {
    underWay.delete(id)
  }
}

function send(message: FromEgress) {
  channel.send(message)
}
