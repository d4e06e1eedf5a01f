import type { JobQueue, JobReference } from '../../jobs/ports.ts'

/**
 * A queue in this process's memory: first in, first out within a priority. It may forget at a crash; the sweeper
 * fills it again from the database.
 */
export function createMemoryQueue(): JobQueue {
  const lanes = new Map<number, Set<string>>()
  const priorityOf = new Map<string, number>()
  let descending: number[] = []
  let notify: () => void = () => {}

  function laneOf(priority: number): Set<string> {
    let lane = lanes.get(priority)
    if (!lane) {
      lane = new Set()
      lanes.set(priority, lane)
      descending = [...lanes.keys()].sort((a, b) => b - a)
    }
    return lane
  }

  return {
    engine: 'memory',
    async push(references) {
      for (const { jobId, priority } of references) {
        if (priorityOf.has(jobId)) continue
        priorityOf.set(jobId, priority)
        laneOf(priority).add(jobId)
      }
      notify()
    },
    take(limit) {
      const taken: JobReference[] = []
      for (const priority of descending) {
        const lane = lanes.get(priority)
        for (const jobId of lane ?? []) {
          if (taken.length === limit) return taken
          lane?.delete(jobId)
          priorityOf.delete(jobId)
          taken.push({ jobId, priority })
        }
      }
      return taken
    },
    async remove(jobId) {
      const priority = priorityOf.get(jobId)
      if (priority === undefined) return
      priorityOf.delete(jobId)
      lanes.get(priority)?.delete(jobId)
    },
    onReady(listener) {
      notify = listener
    },
    async inspect(jobId) {
      const priority = priorityOf.get(jobId)
      return {
        queue: 'memory',
        keys: priority === undefined ? [] : [`priority ${priority}`],
        state: priority === undefined ? 'absent' : 'waiting',
        attempts: null,
      }
    },
    depth: async () => priorityOf.size,
    close: async () => {},
  }
}
