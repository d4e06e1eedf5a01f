import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const everyMs = 5000
/** Of the time since it was last looked at; a pause of some 40 ms is then nobody's. */
const idleBelow = 0.02
const worthwhileBytes = 16 * 1024 ** 2

/**
 * Gives back to the machine what the start and bursts of work left in the heap, once the process stands idle: the
 * runtime itself keeps it for a next burst. Returns what ends it.
 */
export function giveBackSpareMemory(): () => void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as (how: { type: string; flavor: string; execution: string }) => void
  let utilisation = performance.eventLoopUtilization()
  let keptBytes = 0

  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const isIdle = performance.eventLoopUtilization(now, utilisation).utilization < idleBelow
    utilisation = now
    if (!isIdle || process.memoryUsage().heapTotal - keptBytes < worthwhileBytes) return
    collect({ type: 'major', flavor: 'last-resort', execution: 'sync' })
    keptBytes = process.memoryUsage().heapTotal
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
