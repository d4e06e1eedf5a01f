import { httpRequest, runLoad } from './load/load.ts'
import type { Benchmark } from './main.ts'
import { peerVersions } from './peers/debian.ts'
import { ROUTE_VARIANTS, startRowRoutes } from './peers/fastapi.ts'
import { startSeededServer } from './product/seed.ts'
import { atLeast, compared } from './result.ts'
import { takeTurns } from './rounds.ts'

const JOBS = 100_000
const PATH = '/api/jobs?limit=25'
const CONNECTIONS = 64
const ROUNDS = 5
const ROUND_MS = 4_000

export const list: Benchmark = {
  title: `GET ${PATH} of ${JOBS.toLocaleString('en')} jobs, authenticated, against FastAPI serving the same 25 rows from memory`,
  async run(stage) {
    const versions = peerVersions()
    const { port, api } = await startSeededServer(stage, JOBS)
    const { items } = await api.get<{ items: unknown[] }>('/jobs?limit=25')
    const fastApi = await startRowRoutes(stage, items)

    const load = async (port: number, request: string) => {
      const plan = { port, request, connections: CONNECTIONS, milliseconds: ROUND_MS, expectStatus: 200 }
      return (await runLoad(stage, plan)).perSecond
    }
    const routes = ROUTE_VARIANTS.map(({ name, path }) => ({
      name,
      measure: () => load(fastApi.port, httpRequest('GET', path)),
    }))

    const { peer, ours, notes } = await takeTurns(ROUNDS, routes, () =>
      load(port, httpRequest('GET', PATH, api.headers)),
    )
    return {
      rows: [compared('list jobs', 'requests/s', peer, ours, atLeast(8))],
      notes: [
        versions,
        `${CONNECTIONS} connections, one load generator for both, median of ${ROUNDS} rounds of ${ROUND_MS / 1000} s in turns`,
        `one uvicorn process with its defaults; ${notes.join('; ')}`,
      ],
    }
  },
}
