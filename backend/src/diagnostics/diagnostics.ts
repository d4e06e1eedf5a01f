import { performance } from 'node:perf_hooks'
import type { OutputOf } from '@sre-toolbox/contract'
import type { PartName, RuntimePart, runtimeStatus } from '@sre-toolbox/contract/runtime'
import type { Clock } from '../kernel/clock.ts'
import { toInstant } from '../kernel/clock.ts'
import { diskSpace } from './disk.ts'
import type { EventLoopGauge } from './event-loop.ts'
import type { DiagnosticProbes } from './ports.ts'
import {
  judgeApi,
  judgeDatabase,
  judgeDisk,
  judgeEventLoop,
  judgeHosts,
  judgeQueue,
  judgeWorkers,
  type Verdict,
} from './verdicts.ts'

export type RuntimeStatus = OutputOf<typeof runtimeStatus>

export interface Diagnostics {
  status(): Promise<RuntimeStatus>
}

export interface DiagnosticsDeps {
  readonly version: string
  readonly roles: readonly string[]
  readonly clock: Clock
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly probes: DiagnosticProbes
  readonly eventLoop: EventLoopGauge
  /** Absolute; its file system is watched. */
  readonly dataDirectory: string
  /** A probe that takes longer makes its part unhealthy; 2,000 when not given. */
  readonly probeTimeoutMs?: number
}

/** Asks every part how it is, all at once. Never rejects: a part that doesn't answer is unhealthy. */
export function createDiagnostics(deps: DiagnosticsDeps): Diagnostics {
  const { clock, probes, probeTimeoutMs = 2000 } = deps

  async function part(name: PartName, judge: () => Promise<Verdict> | Verdict): Promise<RuntimePart> {
    try {
      return { name, ...(await within(probeTimeoutMs, judge)) }
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      return { name, status: 'unhealthy', message: `Could not be asked: ${cause}`, measures: {} }
    }
  }

  return {
    async status() {
      const now = clock.now()
      const asked = performance.now()
      const parts = await Promise.all([
        part('api', () => judgeApi(process.memoryUsage())),
        part('workers', async () => judgeWorkers(await probes.workers(), now)),
        part('database', async () =>
          judgeDatabase(await probes.databaseFault(), rounded(performance.now() - asked)),
        ),
        part('queue', async () => judgeQueue(await probes.queue(), now)),
        part('toolkit-hosts', () => judgeHosts(probes.hosts())),
        part('disk', async () => judgeDisk(await diskSpace(deps.dataDirectory))),
        part('event-loop', () => judgeEventLoop(deps.eventLoop.read())),
      ])
      return {
        version: deps.version,
        startedAt: toInstant(deps.startedAt),
        uptimeSeconds: Math.max(0, (now - deps.startedAt) / 1000),
        roles: [...deps.roles],
        parts,
        hosts: probes.hosts().map(({ startedAt, ...host }) => ({ ...host, startedAt: toInstant(startedAt) })),
      }
    },
  }
}

async function within<T>(milliseconds: number, work: () => Promise<T> | T): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
