import { httpRequest, runLoad } from './load/load.ts'
import type { Benchmark } from './main.ts'
import { type SeededServer, seededMiddle, startSeededServer } from './product/seed.ts'
import { atMost, compared, type Row } from './result.ts'
import { takeTurns } from './rounds.ts'

const FEW = 1_000
const MANY = 1_000_000
const ROUNDS = 5
const REQUESTS = 1_000

const ANSWERS = [
  { what: 'newest 25', path: () => '/jobs?limit=25' },
  { what: '25 of one status', path: () => '/jobs?limit=25&status=failed' },
  { what: '25 of one operation', path: () => '/jobs?limit=25&operation=noop' },
  { what: '25 from the middle', path: (jobs: number) => `/jobs?limit=25&until=${seededMiddle(jobs)}` },
  { what: 'counts by status', path: () => '/jobs/counts' },
  { what: 'the dashboard', path: () => '/dashboard' },
]

export const listScale: Benchmark = {
  title: `The job list, counts and dashboard at ${MANY.toLocaleString('en')} jobs against itself at ${FEW.toLocaleString('en')}, p95`,
  async run(stage) {
    const few = await startSeededServer(stage, FEW)
    const many = await startSeededServer(stage, MANY)

    const p95 = async ({ port, api }: SeededServer, path: string) => {
      const request = httpRequest('GET', `/api${path}`, api.headers)
      return (await runLoad(stage, { port, request, connections: 1, requests: REQUESTS, expectStatus: 200 }))
        .p95
    }

    const rows: Row[] = []
    for (const { what, path } of ANSWERS) {
      const { peer, ours } = await takeTurns(
        ROUNDS,
        [{ name: 'few', measure: () => p95(few, path(FEW)) }],
        () => p95(many, path(MANY)),
      )
      rows.push(compared(what, 'ms', peer, ours, atMost(1.5)))
    }
    return {
      rows,
      notes: [
        `"peer" is the product itself at ${FEW.toLocaleString('en')} jobs`,
        `one connection, ${REQUESTS} requests a round, median of ${ROUNDS} rounds in turns`,
      ],
    }
  },
}
