import type { JobReference } from './ports.ts'

/** Queued jobs that have to wait because their operation or toolkit, the key, runs as many as it may. */
export interface Parking {
  park(key: string, reference: JobReference): void
  has(jobId: string): boolean
  /** The most urgent one of the key, which leaves. */
  release(key: string): JobReference | undefined
  /** One of every key. */
  releaseEach(): JobReference[]
}

export function createParking(): Parking {
  const lanes = new Map<string, Map<number, Map<string, JobReference>>>()
  const parked = new Set<string>()

  function release(key: string): JobReference | undefined {
    const byPriority = lanes.get(key)
    if (!byPriority) return undefined
    const priority = Math.max(...byPriority.keys())
    const lane = byPriority.get(priority)
    const reference = lane?.values().next().value
    if (!lane || !reference) return undefined
    lane.delete(reference.jobId)
    parked.delete(reference.jobId)
    if (lane.size === 0) byPriority.delete(priority)
    if (byPriority.size === 0) lanes.delete(key)
    return reference
  }

  return {
    park(key, reference) {
      const byPriority = lanes.get(key) ?? new Map<number, Map<string, JobReference>>()
      lanes.set(key, byPriority)
      const lane = byPriority.get(reference.priority) ?? new Map<string, JobReference>()
      byPriority.set(reference.priority, lane)
      lane.set(reference.jobId, reference)
      parked.add(reference.jobId)
    },
    has: (jobId) => parked.has(jobId),
    release,
    releaseEach: () => [...lanes.keys()].flatMap((key) => release(key) ?? []),
  }
}
