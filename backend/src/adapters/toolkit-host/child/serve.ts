import { Socket } from 'node:net'
import type { FromHost, ToHost } from '../messages.ts'
import { createChannel } from '../process/channel.ts'
import { createCalls, textOf } from './calls.ts'
import { type Handler, loadToolkit } from './load-toolkit.ts'
import { lockDown } from './lock-down.ts'
import { createLogBuffer } from './log-buffer.ts'
import { createRequests } from './requests.ts'

const megabyte = 1024 * 1024
/** Ends the process without asking the toolkit's own `exit` listeners, which might never return. */
const leave = (process as unknown as { reallyExit(code: number): void }).reallyExit.bind(process)

const channel = createChannel(new Socket({ fd: 3, readable: true, writable: true }), {
  maxFrameBytes: 256 * megabyte,
  maxMessageLength: 16 * megabyte,
  onMessage: (message) => receive(message as ToHost),
  // The control plane is gone, or wants this process gone.
  onClose: () => leave(0),
  beforeFlush: () => {
    calls.sendProgress()
    logs.pump()
  },
})
const send = (message: FromHost) => channel.send(message)
const logs = createLogBuffer({
  send,
  wake: channel.wake,
  maxWaitingBytes: 4 * megabyte,
  maxUnstoredBytes: megabyte,
})
const requests = createRequests(send)
const calls = createCalls({ send, wake: channel.wake, logs, requests })

let environment: Readonly<Record<string, string>> = {}
let handlers: ReadonlyMap<string, Handler> = new Map()

process.on('uncaughtException', (error) => {
  process.stderr.write(`${error?.stack ?? textOf(error)}\n`)
  send({ type: 'crashed', message: textOf(error) })
  process.exit(1)
})
// What was said in the turn that ends the process still goes out.
process.on('exit', channel.flush)
lockDown()

function receive(message: ToHost) {
  switch (message.type) {
    case 'load':
      return void load(message.entry, message.environment)
    case 'call':
      return startCall(message)
    case 'abort':
      return calls.abort(message.call, message.reason)
    case 'logged':
      return logs.stored(message.call, message.bytes, message.error)
    case 'answer':
      return requests.answer(message.request, message.value)
    case 'refusal':
      return requests.refuse(message.request, message.code, message.message, message.reason)
    case 'ping':
      return send({ type: 'pong' })
  }
}

async function load(entry: string, declared: Readonly<Record<string, string>>) {
  environment = declared
  Object.assign(process.env, declared)
  try {
    handlers = await loadToolkit(entry)
    send({ type: 'loaded', operations: [...handlers.keys()] })
  } catch (error) {
    send({
      type: 'unloadable',
      message: error instanceof Error ? (error.stack ?? error.message) : textOf(error),
    })
  }
}

function startCall(message: Extract<ToHost, { type: 'call' }>) {
  const handler = handlers.get(message.operation)
  if (handler) return calls.start(message, handler, environment)
  send({
    type: 'failed',
    call: message.call,
    code: 'operation_missing',
    message: `The toolkit's code defines no operation ${message.operation}.`,
  })
}
