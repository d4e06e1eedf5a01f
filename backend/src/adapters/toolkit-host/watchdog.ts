import { residentBytesOf } from './resident-memory.ts'

export interface WatchdogOptions {
  readonly pid: number
  readonly everyMs: number
  /** A process that stays silent for this long is stuck. */
  readonly unresponsiveAfterMs: number
  readonly maxResidentBytes: number
  readonly ping: () => void
  /** True while we ourselves don't read what the process says. */
  readonly isHeldBack: () => boolean
  /** Ends a sentence that begins with the process. */
  readonly onTrouble: (reason: string) => void
}

export interface Watchdog {
  heard(): void
  stop(): void
}

/**
 * Notices a process that hangs or grows without bound. Silence is counted in our own ticks, so that a pause of this process
 * (a busy event loop, a suspended machine) is never held against the other.
 */
export function startWatchdog(options: WatchdogOptions): Watchdog {
  const patience = Math.max(1, Math.ceil(options.unresponsiveAfterMs / options.everyMs))
  let silentTicks = 0

  const timer = setInterval(() => {
    if (options.isHeldBack()) silentTicks = 0
    if (silentTicks >= patience) {
      const seconds = options.unresponsiveAfterMs / 1000
      return trouble(
        `did not respond for ${seconds} s and was killed; look for an endless loop in the toolkit`,
      )
    }
    const resident = residentBytesOf(options.pid)
    if (resident !== null && resident > options.maxResidentBytes) {
      return trouble(
        `ran out of memory (${toMegabytes(resident)} MB of ${toMegabytes(options.maxResidentBytes)} MB allowed) and was killed`,
      )
    }
    silentTicks++
    options.ping()
  }, options.everyMs)
  timer.unref()

  function trouble(reason: string) {
    clearInterval(timer)
    options.onTrouble(reason)
  }

  return {
    heard: () => {
      silentTicks = 0
    },
    stop: () => clearInterval(timer),
  }
}

function toMegabytes(bytes: number): number {
  return Math.round(bytes / 1024 ** 2)
}
