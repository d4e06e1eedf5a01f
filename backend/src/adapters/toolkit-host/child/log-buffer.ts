import type { FromHost, LogLevel, WireLine } from '../messages.ts'

export interface LogBuffer {
  add(call: number, level: LogLevel, text: string): void
  /** Sends what may be sent now; called once a turn, and before a call's result. */
  pump(): void
  /** The control plane has stored, or given up, a message of that many bytes. */
  stored(call: number, bytes: number, error: string | null): void
  /** Resolves when all lines of the call are stored; rejects when some could not be. */
  flush(call: number): Promise<void>
  /** Calls back when all lines of the call have been sent, and forgets the call. */
  finish(call: number, then: () => void): void
}

export interface LogBufferOptions {
  send(message: FromHost): void
  /** Asks for `pump` at the end of the turn. */
  wake(): void
  /** Lines waiting here, in bytes; further ones are dropped and counted. */
  readonly maxWaitingBytes: number
  /** Lines sent and not stored yet, in bytes. */
  readonly maxUnstoredBytes: number
}

interface CallLog {
  waiting: WireLine[]
  unstoredBytes: number
  dropped: number
  failure: string | null
  flushes: (() => void)[]
  /** The call has ended and logs no more. */
  isOver: boolean
  finished: (() => void) | null
}

const bytesPerMessage = 256 * 1024
const longestLine = 64 * 1024
/** What a line costs besides its text. */
const lineOverhead = 40

/**
 * Holds log lines until the control plane has room for them. Never more than `maxUnstoredBytes` are under way, so that a
 * flood of lines waits in the process that makes it.
 */
export function createLogBuffer(options: LogBufferOptions): LogBuffer {
  const calls = new Map<number, CallLog>()
  let waitingBytes = 0
  let unstoredBytes = 0

  function logOf(call: number): CallLog {
    let log = calls.get(call)
    if (!log) {
      log = {
        waiting: [],
        unstoredBytes: 0,
        dropped: 0,
        failure: null,
        flushes: [],
        isOver: false,
        finished: null,
      }
      calls.set(call, log)
    }
    return log
  }

  function push(log: CallLog, level: LogLevel, text: string) {
    log.waiting.push([Date.now(), level, text])
    waitingBytes += text.length + lineOverhead
  }

  function sendSome(call: number, log: CallLog) {
    let bytes = 0
    let count = 0
    while (count < log.waiting.length && bytes < bytesPerMessage) {
      bytes += (log.waiting[count] as WireLine)[2].length + lineOverhead
      count++
    }
    const lines = count === log.waiting.length ? log.waiting : log.waiting.slice(0, count)
    log.waiting = log.waiting.slice(count)
    waitingBytes -= bytes
    unstoredBytes += bytes
    log.unstoredBytes += bytes
    options.send({ type: 'log', call, bytes, lines })
  }

  /** The notice takes the place of the lines it speaks of. */
  function confessDropped(log: CallLog) {
    if (log.dropped === 0 || (isFull() && log.waiting.length > 0)) return
    const count = log.dropped
    log.dropped = 0
    push(log, 'warn', `${count} lines were dropped: logging was faster than they could be stored.`)
  }

  function isFull(): boolean {
    return waitingBytes >= options.maxWaitingBytes
  }

  function pumpOne(call: number, log: CallLog) {
    confessDropped(log)
    while (log.waiting.length > 0 && unstoredBytes < options.maxUnstoredBytes) {
      sendSome(call, log)
      confessDropped(log)
    }
    if (log.waiting.length === 0) settle(call, log)
  }

  function settle(call: number, log: CallLog) {
    const finished = log.finished
    log.finished = null
    finished?.()
    if (log.unstoredBytes > 0) return
    for (const resolve of log.flushes.splice(0)) resolve()
    if (log.isOver) calls.delete(call)
  }

  return {
    add(call, level, text) {
      const log = logOf(call)
      if (isFull()) {
        log.dropped++
        return
      }
      confessDropped(log)
      push(log, level, text.length > longestLine ? `${text.slice(0, longestLine)}… (cut)` : text)
      options.wake()
    },
    pump() {
      for (const [call, log] of calls) pumpOne(call, log)
    },
    stored(call, bytes, error) {
      unstoredBytes -= bytes
      const log = calls.get(call)
      if (log) {
        log.unstoredBytes -= bytes
        log.failure ??= error
      }
      options.wake()
    },
    flush(call) {
      const log = calls.get(call)
      if (!log) return Promise.resolve()
      options.wake()
      return new Promise((resolve, reject) => {
        log.flushes.push(() => (log.failure === null ? resolve() : reject(new Error(log.failure))))
      })
    },
    finish(call, then) {
      const log = calls.get(call)
      if (!log) return then()
      log.isOver = true
      log.finished = then
      pumpOne(call, log)
    },
  }
}
