import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { pino } from 'pino'
import { readConfig } from '../../../backend/src/compose/config.ts'
import { createEmbeddedApp } from '../../../backend/src/compose/embedded.ts'
import { systemCaller } from '../../../backend/src/kernel/caller.ts'
import type { Stage } from '../stage.ts'
import { submission, UNDER_WAY, untilNoneLeft } from './jobs.ts'
import { BENCH_TOOLKITS } from './server.ts'

const CALLERS = 1_000
const WARM_UP = 200
const DRAIN_MS = 5_000

export interface Engine {
  /** Jobs per second, from the first submit until the last job's terminal row is stored. */
  throughput(jobs: number): Promise<number>
  /** Milliseconds from submit called to the handler's first line, one job at a time. */
  latencies(samples: number, pauseMs: number): Promise<number[]>
  close(): Promise<void>
}

/** The whole product in this process, as `serve` composes it, but asked directly instead of over HTTP. */
export async function openEngine(stage: Stage): Promise<Engine> {
  const directory = stage.tempDir()
  const config = readConfig({ dataDirectory: directory, port: 0 }, { TOOLBOX_EXTRA_TOOLKITS: BENCH_TOOLKITS })
  const logger = pino({ level: config.logLevel }, pino.destination(join(directory, 'server.log')))
  const app = await createEmbeddedApp(config, logger)
  await app.start()

  let open = true
  const close = async () => {
    if (open) await app.stop(DRAIN_MS)
    open = false
  }
  stage.onClose(close)

  const caller = systemCaller('benchmark')
  const { signal } = new AbortController()
  let requests = 0
  const submit = async (operation: string): Promise<JobSummary> => {
    const request = { caller, requestId: String(++requests), signal }
    const { output } = await app.runner.run('jobs.submit', submission(operation), request)
    return (output as { job: JobSummary }).job
  }

  const countSucceeded = async () => (await app.jobs.counts()).counts.succeeded
  const isAnyLeft = async () => {
    const { jobs } = await app.jobs.list({ status: UNDER_WAY }, { cursor: null, limit: 1 })
    return jobs.length > 0
  }

  const resultOf = async (jobId: string): Promise<{ at: number }> => {
    for (;;) {
      const { job, result } = await app.jobs.details(jobId)
      if (job.status === 'succeeded') return result as { at: number }
      if (job.endedAt !== null) throw new Error(`The job ${jobId} is ${job.status}: ${job.error?.message}`)
      await sleep(1)
    }
  }

  return {
    async throughput(jobs) {
      const before = await countSucceeded()
      const startedAt = Date.now()
      let left = jobs
      const caller = async () => {
        while (left-- > 0) await submit('noop')
      }
      await Promise.all(Array.from({ length: CALLERS }, caller))
      const endedAt = await untilNoneLeft(isAnyLeft)
      const succeeded = (await countSucceeded()) - before
      if (succeeded !== jobs) throw new Error(`${succeeded} of ${jobs} jobs succeeded.`)
      return jobs / ((endedAt - startedAt) / 1000)
    },
    async latencies(samples, pauseMs) {
      const latencies: number[] = []
      for (let sample = 0; sample < WARM_UP + samples; sample++) {
        const submittedAt = performance.timeOrigin + performance.now()
        const { id } = await submit('startedAt')
        // Asking for the result only afterwards leaves the job the machine for itself.
        await sleep(pauseMs)
        latencies.push((await resultOf(id)).at - submittedAt)
      }
      return latencies.slice(WARM_UP)
    },
    close,
  }
}
