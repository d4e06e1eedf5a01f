import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '../support/api.ts'
import { until } from '../support/until.ts'
import type { Drill } from './drill.ts'
import { readJob, readLog, submit, untilEnded, untilStatus } from './jobs.ts'
import { missingPostgres, spawnPair } from './stand-in.ts'

interface Size {
  readonly jobs: number
}

const jobMs = 1500

/** A process stands still past its lease while another takes over, and then goes on as if nothing had been. */
export const stoppedWorker: Drill<Size> = {
  id: 'F4',
  title: 'worker stopped past its lease, then continued',
  target: '0 stale writes',
  short: { jobs: 6 },
  long: { jobs: 100 },
  missing: missingPostgres,
  async run({ jobs }) {
    await using pair = await spawnPair()
    const { first, second } = pair
    const ids = await Promise.all(
      Array.from({ length: jobs }, async (_, index) => {
        const operation = index % 2 === 0 ? 'wait' : 'waitOnce'
        return (await submit(first.api, { operation, input: { ms: jobMs } })).id
      }),
    )
    await Promise.all(ids.slice(0, 6).map((id) => untilStatus(first.api, id, 'running', 'queued')))
    first.signal('SIGSTOP')
    await Promise.all(ids.map((id) => untilEnded(second.api, id, 60_000)))
    const before = await snapshot(second.api, ids)
    first.signal('SIGCONT')
    await until('the first has noticed', async () =>
      first.output().includes('the lease was taken away') ? true : null,
    )
    // Longer than its hosts need to hand over what they did meanwhile.
    await sleep(1000)
    const after = await snapshot(second.api, ids)
    const faults = ids
      .filter((id) => before.get(id) !== after.get(id))
      .map((id) => changed(id, before, after))
    const endedTwice = [...after.values()].filter((text) => text.split('"outcome":"succeeded"').length > 2)
    if (endedTwice.length > 0) faults.push(`${endedTwice.length} jobs succeeded twice`)
    const retried = [...after.values()].filter((text) => text.includes('"attempt":2')).length
    if (retried === 0) faults.push('no job was taken over, so nothing was tried')
    const works = await submit(first.api, { operation: 'wait', input: { ms: 0 } })
    const last = await untilEnded(second.api, works.id)
    if (last.status !== 'succeeded') faults.push(`afterwards the first one's job ${last.status}`)
    return {
      measured: `${jobs} jobs, ${retried} taken over, ${faults.length} stale writes`,
      faults,
    }
  },
}

/** All that a stale write could have changed, by job. */
async function snapshot(api: Api, ids: readonly string[]): Promise<Map<string, string>> {
  const texts = await Promise.all(
    ids.map(async (id) => JSON.stringify({ job: await readJob(api, id), log: await readLog(api, id) })),
  )
  return new Map(ids.map((id, index) => [id, texts[index] as string]))
}

function changed(
  id: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  return `${id} changed after its end:\n    ${before.get(id)}\n    ${after.get(id)}`
}
