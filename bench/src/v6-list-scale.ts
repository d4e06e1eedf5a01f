import { httpRequest, runLoad } from './load/load.ts'
import type { Benchmark } from './main.ts'
import { type SeededServer, seededMiddle, startSeededServer } from './product/seed.ts'
import { atMost, compared, type Row } from './result.ts'
import { takeTurns } from './rounds.ts'

const FEW = 1_000
const MANY = 1_000_000
const ROUNDS = 5
const REQUESTS = 1_000

const LISTS = [
  { what: 'newest 25', query: () => '' },
  { what: '25 of one status', query: () => '&status=failed' },
  { what: '25 of one operation', query: () => '&operation=noop' },
  { what: '25 from the middle', query: (jobs: number) => `&until=${seededMiddle(jobs)}` },
]

export const listScale: Benchmark = {
  title: `The job list at ${MANY.toLocaleString('en')} jobs against itself at ${FEW.toLocaleString('en')}, p95`,
  async run(stage) {
    const few = await startSeededServer(stage, FEW)
    const many = await startSeededServer(stage, MANY)

    const p95 = async ({ port, api }: SeededServer, query: string) => {
      const request = httpRequest('GET', `/api/jobs?limit=25${query}`, api.headers)
      return (await runLoad(stage, { port, request, connections: 1, requests: REQUESTS, expectStatus: 200 }))
        .p95
    }

    const rows: Row[] = []
    for (const { what, query } of LISTS) {
      const { peer, ours } = await takeTurns(
        ROUNDS,
        [{ name: 'few', measure: () => p95(few, query(FEW)) }],
        () => p95(many, query(MANY)),
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
