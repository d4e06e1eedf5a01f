import { httpRequest, runLoad } from './load/load.ts'
import type { Benchmark } from './main.ts'
import {
  CELERY_VARIANTS,
  type Celery,
  type CeleryVariant,
  startCelery,
  WORKER_PROCESSES,
} from './peers/celery.ts'
import { peerVersions } from './peers/debian.ts'
import { ROUTE_VARIANTS, startJobRoutes } from './peers/fastapi.ts'
import { openEngine } from './product/engine.ts'
import { countSucceeded, isAnyLeft, submission, untilNoneLeft } from './product/jobs.ts'
import { openApi, startServer } from './product/server.ts'
import { atLeast, compared, type Row } from './result.ts'
import { fastest, type Measure, takeTurns } from './rounds.ts'
import { createStage, type Stage } from './stage.ts'

const ROUNDS = 5
const CONNECTIONS = 64
// As many as make a round of some seconds on either side; both are rates, after a round that does not count.
const PEER_JOBS = 4_000
const OUR_JOBS = 40_000

const TIMEOUT_MS = 300_000

export const throughput: Benchmark = {
  title: 'No-op jobs a second, from the first submit until the last terminal record is stored',
  async run(stage) {
    const versions = peerVersions()
    const { best, notes } = await fastest(CELERY_VARIANTS, 3, openVariant(stage))
    const celery = await startCelery(stage, best)
    const direct = await compareDirect(stage, celery)
    const http = await compareHttp(stage, celery)
    return {
      rows: [direct, http.row],
      notes: [
        versions,
        `Celery: ${WORKER_PROCESSES} worker processes, Redis without persistence, default log level; ${notes.join('; ')}`,
        `FastAPI: one uvicorn process with its defaults; ${http.notes.join('; ')}`,
        'ours: embedded, every commit synced to disk (synchronous=FULL), authenticated, audited',
        `${CONNECTIONS} connections, one load generator for both; median of ${ROUNDS} rounds in turns, ` +
          `${PEER_JOBS.toLocaleString('en')} jobs a round for the peer, ${OUR_JOBS.toLocaleString('en')} for ours`,
      ],
    }
  },
}

/** Each variant has the machine for itself. */
function openVariant(outer: Stage) {
  return async (variant: CeleryVariant) => {
    const stage = createStage()
    outer.onClose(stage.close)
    const celery = await startCelery(stage, variant)
    return { measure: () => celery.throughput(PEER_JOBS), close: stage.close }
  }
}

async function compareDirect(stage: Stage, celery: Celery): Promise<Row> {
  const engine = await openEngine(stage)
  const { peer, ours } = await takeTurns(
    ROUNDS,
    [{ name: 'Celery', measure: () => celery.throughput(PEER_JOBS) }],
    () => engine.throughput(OUR_JOBS),
  )
  await engine.close()
  return compared('V1a submitted directly', 'jobs/s', peer, ours, atLeast(20))
}

async function compareHttp(stage: Stage, celery: Celery): Promise<{ row: Row; notes: string[] }> {
  const fastApi = await startJobRoutes(stage, celery)
  const server = await startServer(stage, stage.tempDir())
  const api = await openApi(server)

  const peerRound =
    (path: string): Measure =>
    async () => {
      const before = await celery.redis.countResults()
      const startedAt = await postJobs(stage, fastApi.port, path, {}, PEER_JOBS)
      return rate(PEER_JOBS, startedAt, await celery.redis.untilResults(before + PEER_JOBS, TIMEOUT_MS))
    }
  const ourRound: Measure = async () => {
    const before = await countSucceeded(api)
    const startedAt = await postJobs(stage, server.port, '/api/jobs', api.headers, OUR_JOBS)
    const endedAt = await untilNoneLeft(() => isAnyLeft(api))
    const succeeded = (await countSucceeded(api)) - before
    if (succeeded !== OUR_JOBS) throw new Error(`${succeeded} of ${OUR_JOBS} jobs succeeded.`)
    return rate(OUR_JOBS, startedAt, endedAt)
  }

  const routes = ROUTE_VARIANTS.map(({ name, path }) => ({ name, measure: peerRound(path) }))
  const { peer, ours, notes } = await takeTurns(ROUNDS, routes, ourRound)
  return { row: compared('V1b each by its own HTTP request', 'jobs/s', peer, ours, atLeast(10)), notes }
}

/** Unix time in ms of the first request. */
async function postJobs(
  stage: Stage,
  port: number,
  path: string,
  headers: Record<string, string>,
  requests: number,
): Promise<number> {
  const request = httpRequest('POST', path, headers, submission('noop'))
  const report = await runLoad(stage, {
    port,
    request,
    connections: CONNECTIONS,
    requests,
    expectStatus: 202,
  })
  return report.startedAt
}

function rate(jobs: number, startedAt: number, endedAt: number): number {
  return jobs / ((endedAt - startedAt) / 1000)
}
