import type { Api } from '../support/api.ts'
import { spawnToolbox } from '../support/toolbox-process.ts'
import { until } from '../support/until.ts'
import { type Drill, drillToolkits, type Outcome } from './drill.ts'
import { type Job, readJob, submit, untilEnded, untilStatus } from './jobs.ts'
import { missingPostgres, spawnPair } from './stand-in.ts'

interface Size {
  readonly jobs: number
}

const limitMs = 15_000
const common = {
  title: 'dead worker',
  target: 'its jobs retried or `lost` ≤ 15 s',
  short: { jobs: 4 },
  long: { jobs: 60 },
}

/** The only process dies: its successor on the same data directory takes over. */
export const deadWorkerAlone: Drill<Size> = {
  ...common,
  id: 'F3a',
  title: 'dead worker, built-in database, counted from the death through a restart',
  async run(size) {
    await using toolbox = await spawnToolbox({ settings: { TOOLBOX_EXTRA_TOOLKITS: drillToolkits } })
    const ids = await startJobs(toolbox.api, size)
    const diedAt = performance.now()
    await toolbox.restart()
    return await takenOver(toolbox.api, ids, diedAt)
  },
}

/** One of two processes dies: the other takes over when the lease has run out. */
export const deadWorkerBeside: Drill<Size> = {
  ...common,
  id: 'F3b',
  title: 'dead worker, PostgreSQL, another process takes over',
  missing: missingPostgres,
  async run(size) {
    await using pair = await spawnPair()
    const ids = await startJobs(pair.first.api, size)
    const diedAt = performance.now()
    await pair.first.kill('SIGKILL')
    return await takenOver(pair.second.api, ids, diedAt)
  },
}

interface Started {
  readonly safe: readonly string[]
  readonly unsafe: readonly string[]
}

async function startJobs(api: Api, { jobs }: Size): Promise<Started> {
  const many = (operation: string) =>
    Promise.all(
      Array.from({ length: jobs / 2 }, async () => {
        const { id } = await submit(api, { operation, input: { ms: 30_000 } })
        await untilStatus(api, id, 'running')
        return id
      }),
    )
  return { safe: await many('wait'), unsafe: await many('waitOnce') }
}

async function takenOver(api: Api, { safe, unsafe }: Started, diedAt: number): Promise<Outcome> {
  const faults: string[] = []
  const again = async (id: string) =>
    until(`${id} runs again`, async () => {
      const job = await readJob(api, id)
      return job.status === 'running' && job.attempt === 2 ? job : null
    })
  await Promise.all([...safe.map(again), ...unsafe.map((id) => untilEnded(api, id))])
  const tookMs = performance.now() - diedAt
  for (const id of unsafe) faults.push(...judgeLost(await readJob(api, id)))
  if (tookMs > limitMs) faults.push(`it took ${tookMs.toFixed(0)} ms`)
  return {
    measured: `${safe.length} retried and ${unsafe.length} lost after ${(tookMs / 1000).toFixed(1)} s`,
    faults,
  }
}

function judgeLost({ id, status, error }: Job): string[] {
  return status === 'lost' && error?.code === 'worker_lost' ? [] : [`${id} is ${status}, not lost`]
}
