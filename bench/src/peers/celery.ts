import { fileURLToPath } from 'node:url'
import type { Stage } from '../stage.ts'
import { PYTHON } from './debian.ts'
import { type PeerRedis, startRedis } from './redis.ts'

export const PEERS_DIRECTORY = fileURLToPath(new URL('../../peers', import.meta.url))

export const WORKER_PROCESSES = 2
const FIRST_RESULT_TIMEOUT_MS = 60_000
const ROUND_TIMEOUT_MS = 300_000
const WARM_UP = 200

export interface CeleryVariant {
  name: string
  workerArgs: string[]
}

/** Settings that people reach for. The benchmark measures them all and takes the fastest. */
export const CELERY_VARIANTS: readonly CeleryVariant[] = [
  { name: 'defaults (prefetch 4)', workerArgs: [] },
  { name: 'prefetch 1', workerArgs: ['--prefetch-multiplier', '1'] },
  { name: 'prefetch 16', workerArgs: ['--prefetch-multiplier', '16'] },
  { name: 'prefetch 128', workerArgs: ['--prefetch-multiplier', '128'] },
  {
    name: 'prefetch 128, without gossip, mingle and heartbeat',
    workerArgs: [
      '--prefetch-multiplier',
      '128',
      '--without-gossip',
      '--without-mingle',
      '--without-heartbeat',
    ],
  },
]

export interface Celery {
  redis: PeerRedis
  /** What a Python process needs to import `celery_app`. */
  environment: Record<string, string>
  /** Jobs per second, from the first `.delay()` of one Python process until the last result is stored. */
  throughput(jobs: number): Promise<number>
  /** Milliseconds from `.delay()` called to the task's first line, one task at a time on an idle worker. */
  latencies(samples: number, pauseMs: number): Promise<number[]>
  stop(): Promise<void>
}

export async function startCelery(stage: Stage, variant: CeleryVariant): Promise<Celery> {
  const redis = await startRedis(stage)
  const environment = {
    PEER_BROKER: redis.brokerUrl,
    PEER_RESULTS: redis.resultsUrl,
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const options = { cwd: PEERS_DIRECTORY, env: environment }
  const worker = stage.start(
    'celery',
    PYTHON,
    [
      ...['-m', 'celery', '-A', 'celery_app', 'worker'],
      ...['--concurrency', String(WORKER_PROCESSES), ...variant.workerArgs],
    ],
    options,
  )
  await stage.run(PYTHON, ['submit.py', '1', '0'], options)
  await worker.ready(async () => (await redis.countResults()) > 0, FIRST_RESULT_TIMEOUT_MS)

  return {
    redis,
    environment,
    async throughput(jobs) {
      const before = await redis.countResults()
      const submitting = stage.run(PYTHON, ['submit.py', String(WARM_UP), String(jobs)], options)
      const [printed, endedAt] = await Promise.all([
        submitting,
        redis.untilResults(before + WARM_UP + jobs, ROUND_TIMEOUT_MS),
      ])
      const { startedAt }: { startedAt: number } = JSON.parse(printed)
      return jobs / ((endedAt - startedAt) / 1000)
    },
    async latencies(samples, pauseMs) {
      return JSON.parse(
        await stage.run(PYTHON, ['latency.py', String(WARM_UP), String(samples), String(pauseMs)], options),
      )
    },
    stop: worker.stop,
  }
}
