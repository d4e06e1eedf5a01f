import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from '../kernel/clock.ts'

export interface EventLoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export interface EventLoopGauge {
  /** How late timers ran since the window began; a reading that finds it a minute old begins a new one. */
  read(): EventLoopDelay
  close(): void
}

const resolutionMs = 20
const windowMs = 60_000

export function createEventLoopGauge(clock: Clock): EventLoopGauge {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  let windowStart = clock.now()

  return {
    read() {
      const delay = {
        p50Ms: toDelayMs(histogram.percentile(50)),
        p99Ms: toDelayMs(histogram.percentile(99)),
        maxMs: toDelayMs(histogram.max),
      }
      if (clock.now() - windowStart >= windowMs) {
        histogram.reset()
        windowStart = clock.now()
      }
      return delay
    },
    close: () => histogram.disable(),
  }
}

/** The histogram holds the time between two ticks, in nanoseconds: the interval itself is no delay. */
function toDelayMs(nanoseconds: number): number {
  return Math.max(0, Math.round(nanoseconds / 1e4 - resolutionMs * 100) / 100)
}
