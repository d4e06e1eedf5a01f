import { availableParallelism, loadavg, platform, release, totalmem } from 'node:os'

/** The machine in general words, and whether it was quiet. */
export function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const load = (loadavg()[0] ?? 0).toFixed(1)
  return `${availableParallelism()} cores, ${gigabytes} GB, ${platform()} ${release()}, Node ${process.versions.node}, load ${load} at the start`
}
