import { type Counts, dependencyGraph, readBurnUp, readMemory } from '@sre-toolbox/codex'
import { workspaceOf } from './deps.ts'
import type { Desk } from './desk.ts'

const mostRemembered = 5000

/** What is drawn rather than listed. */
export function createCharts(): Pick<Desk, 'getGraph' | 'getHistory'> {
  const known = new Map<string, Counts | null>()

  return {
    async getGraph(call, { area }) {
      const { backlog } = await readMemory(workspaceOf(call))
      const { tasks, dependencies, dangling } = dependencyGraph(backlog.backlog)
      const byAddress = new Map(tasks.map((task) => [task.address, task]))
      const touches = (address: string) => area === undefined || byAddress.get(address)?.area === area
      const edges = dependencies.filter(({ task, needs }) => touches(task) || touches(needs))
      const drawn = new Set(edges.flatMap(({ task, needs }) => [task, needs]))
      return {
        tasks: tasks
          .filter(({ address }) => drawn.has(address))
          .map(({ address, area: own, title, status, priority }) => ({
            task: address,
            area: own,
            title,
            status,
            priority,
          })),
        dependencies: edges.map((edge) => ({ ...edge, met: byAddress.get(edge.needs)?.status === 'done' })),
        dangling: dangling.filter(({ task }) => touches(task)),
      }
    },

    async getHistory(call, { days }) {
      if (known.size > mostRemembered) known.clear()
      const points = await readBurnUp(workspaceOf(call), new Date(call.now), days, known)
      return {
        points: points.map((point) => ({
          ...point,
          total: Object.values(point.counts).reduce((sum, count) => sum + count, 0),
        })),
      }
    },
  }
}
