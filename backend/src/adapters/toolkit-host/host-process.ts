import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { HostCall, HostEnd, HostedCode, HostServices } from '../../toolkits/ports.ts'
import { describeExit } from './exit-message.ts'
import { createHostedCall, type HostedCall } from './hosted-call.ts'
import type { FromHost, ToHost } from './messages.ts'
import { readOutputLines } from './output-lines.ts'
import { createChannel } from './process/channel.ts'
import type { SpawnedProcess } from './process/spawn.ts'
import { readMessage } from './read-message.ts'
import { startWatchdog } from './watchdog.ts'

export interface HostProcessOptions {
  readonly code: HostedCode
  readonly environment: Readonly<Record<string, string>>
  readonly spawned: SpawnedProcess
  readonly startedAt: number
  readonly limits: HostLimits
  readonly onOutput: (level: 'info' | 'warn', text: string) => void
  /** Called before the calls in it end, so that whoever hears of those ends finds it gone already. */
  readonly onExit: (exit: HostExit) => void
}

export interface HostLimits {
  readonly heapMegabytes: number
  /** Heap and everything else together. */
  readonly residentMegabytes: number
  readonly pingEveryMs: number
  readonly unresponsiveAfterMs: number
  readonly loadWithinMs: number
}

export interface HostProcess {
  readonly pid: number
  readonly startedAt: number
  /** The operations that the code defines, or why it can't be loaded. */
  readonly loaded: Promise<readonly string[]>
  run(call: HostCall, services: HostServices, onEnded: (end: HostEnd) => void): HostProcessCall
  /** Kills it and resolves when its death is verified. `reason` continues "The toolkit's process …". */
  kill(reason: string): Promise<void>
  /** Lets it end by itself; for a process without calls. */
  stop(reason: string): Promise<void>
  /** It is being ended and takes no more calls. */
  isLeaving(): boolean
}

export interface HostProcessCall {
  abort(reason: string): void
  isRunning(): boolean
}

export interface HostExit {
  readonly message: string
  /** We ended it, with nothing wrong with it. */
  readonly planned: boolean
}

const megabyte = 1024 ** 2
/** Beyond this we stop reading; an honest host keeps to less by itself. */
const mostUnstoredBytes = 8 * megabyte

export function createHostProcess(options: HostProcessOptions): HostProcess {
  const { code, spawned, limits } = options
  const calls = new Map<number, HostedCall>()
  const beforeLoaded: ToHost[] = []
  const loaded = Promise.withResolvers<readonly string[]>()
  loaded.promise.catch(() => {})
  let isLoaded = false
  let lastCall = 0
  let unstoredBytes = 0
  let planned = false
  let ourReason: string | null = null
  let crash: string | null = null
  let heapWasFull = false

  const channel = createChannel(spawned.pipe, {
    maxFrameBytes: 64 * megabyte,
    maxMessageLength: 32 * megabyte,
    onMessage: (message) => receive(readMessage(message)),
    onClose: (error) => {
      if (error) void fail(`was killed because ${error.message}`)
    },
  })
  const watchdog = startWatchdog({
    pid: spawned.pid,
    everyMs: limits.pingEveryMs,
    unresponsiveAfterMs: limits.unresponsiveAfterMs,
    maxResidentBytes: limits.residentMegabytes * megabyte,
    ping: () => channel.send({ type: 'ping' } satisfies ToHost),
    isHeldBack: () => unstoredBytes > mostUnstoredBytes,
    onTrouble: fail,
  })
  const loadTimer = setTimeout(
    () => fail(`did not finish loading within ${limits.loadWithinMs / 1000} s and was killed`),
    limits.loadWithinMs,
  ).unref()

  const lines = { maxLinesPerSecond: 200, longestLine: 4000 }
  readOutputLines(spawned.stdout, { ...lines, onLine: (text) => options.onOutput('info', text) })
  readOutputLines(spawned.stderr, {
    ...lines,
    onLine: (text) => {
      heapWasFull ||= /heap out of memory|Fatal process out of memory/.test(text)
      options.onOutput('warn', text)
    },
  })

  channel.send({
    type: 'load',
    entry: pathToFileURL(join(code.directory, code.entry)).href,
    environment: options.environment,
  } satisfies ToHost)

  function receive(message: FromHost) {
    watchdog.heard()
    if (message.type === 'loaded') return onLoaded(message.operations)
    if (message.type === 'unloadable') return onUnloadable(message.message)
    if (message.type === 'crashed') {
      crash = message.message.slice(0, 2000)
      return
    }
    if (message.type !== 'pong') calls.get(message.call)?.receive(message)
  }

  function onLoaded(operations: readonly string[]) {
    clearTimeout(loadTimer)
    if (isLoaded) return
    isLoaded = true
    loaded.resolve(operations)
    for (const message of beforeLoaded.splice(0)) channel.send(message)
  }

  function onUnloadable(message: string) {
    loaded.reject(new Error(message))
    endCalls({
      kind: 'failed',
      code: 'toolkit_unloadable',
      message: `The toolkit's code can't be loaded: ${message}`,
    })
    void fail('could not be loaded')
  }

  function post(message: ToHost) {
    if (isLoaded) channel.send(message)
    else beforeLoaded.push(message)
  }

  function endCalls(end: HostEnd) {
    for (const call of [...calls.values()]) call.end(end)
  }

  function countUnstored(bytes: number) {
    const wasHeldBack = unstoredBytes > mostUnstoredBytes
    unstoredBytes += bytes
    const isHeldBack = unstoredBytes > mostUnstoredBytes
    if (isHeldBack && !wasHeldBack) channel.pause()
    if (!isHeldBack && wasHeldBack) channel.resume()
  }

  async function fail(reason: string) {
    ourReason ??= reason
    await spawned.kill()
    // What it still said fits into the pipe; the end of the pipe comes after it.
    channel.resume()
  }

  const exited = spawned.exited.then((exit) => {
    watchdog.stop()
    clearTimeout(loadTimer)
    channel.close()
    const circumstances = { exit, ourReason, crash, heapWasFull, heapMegabytes: limits.heapMegabytes }
    const message = describeExit(circumstances)
    options.onExit({ message, planned })
    loaded.reject(new Error(message))
    endCalls({ kind: 'exited', message })
  })

  return {
    pid: spawned.pid,
    startedAt: options.startedAt,
    loaded: loaded.promise,

    run(call, services, onEnded) {
      const id = ++lastCall
      let isRunning = true
      calls.set(
        id,
        createHostedCall({
          services,
          send: (message) => channel.send(message),
          onUnstored: countUnstored,
          onEnding: () => {
            isRunning = false
          },
          onEnded: (end) => {
            calls.delete(id)
            onEnded(end)
          },
        }),
      )
      const { operation, input, settings, job } = call
      try {
        post({ type: 'call', call: id, operation, input, settings, job })
      } catch (error) {
        const message = `The input can't be passed on: ${(error as Error).message}`
        calls.get(id)?.end({ kind: 'failed', code: 'input_unusable', message })
      }
      return {
        abort: (reason) => {
          if (isRunning) post({ type: 'abort', call: id, reason })
        },
        isRunning: () => isRunning,
      }
    },

    async kill(reason) {
      planned = true
      await fail(reason)
    },

    isLeaving: () => ourReason !== null || !spawned.isAlive(),

    async stop(reason) {
      planned = true
      ourReason ??= reason
      channel.close()
      const kill = setTimeout(() => spawned.kill(), 1000)
      await exited
      clearTimeout(kill)
    },
  }
}
