import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditEntry } from '@sre-toolbox/contract/audit'
import type { Api } from '../support/api.ts'
import { spawnToolbox } from '../support/toolbox-process.ts'
import { until } from '../support/until.ts'
import { type Drill, drillToolkits } from './drill.ts'
import { type Job, type JobSummary, readJob, readLog, submit, untilQuiet } from './jobs.ts'

interface Size {
  readonly jobs: number
  readonly kills: number
}

const submitters = 8
const pacingMs = 20

/** Jobs are submitted and run while the whole product is killed again and again, each time at another moment. */
export const sigkillUnderLoad: Drill<Size> = {
  id: 'F1',
  title: 'jobs while the process is killed again and again',
  target: '0 lost, 0 with two terminal states, 0 acknowledged log lines lost',
  short: { jobs: 300, kills: 6 },
  long: { jobs: 10_000, kills: 100 },
  async run({ jobs, kills }) {
    await using toolbox = await spawnToolbox({ settings: { TOOLBOX_EXTRA_TOOLKITS: drillToolkits } })
    const { api } = toolbox
    const acknowledged = new Map<number, string>()
    const endsSeen = new Map<string, string>()
    const faults: string[] = []
    let killed = 0
    let quota = 0

    async function submitSome(first: number): Promise<void> {
      for (let index = first; index < jobs; index += submitters) {
        while (index >= quota) await sleep(5)
        const input = { lines: 3, pauseMs: Math.floor(Math.random() * 30) }
        const headers = { 'idempotency-key': `drill-${index}` }
        const job = await insist(() => submit(api, { operation: 'witness', input }, headers))
        acknowledged.set(index, job.id)
        await sleep(Math.random() * pacingMs)
      }
    }

    /** An end that somebody has seen must stay as it was. */
    async function watch(): Promise<void> {
      while (killed < kills) {
        const page = await insist(() => api.ask<{ items: JobSummary[] }>('GET', '/api/jobs?limit=100'))
        for (const job of page.items) if (job.endedAt !== null) endsSeen.set(job.id, endOf(job))
        await sleep(50)
      }
    }

    async function killAgainAndAgain(): Promise<void> {
      while (killed < kills) {
        quota = Math.ceil((jobs * (killed + 1)) / (kills + 1))
        const before = await countEnded(api)
        await until('a job has ended since the restart', async () =>
          (await countEnded(api)) > before || acknowledged.size >= quota ? true : null,
        )
        await sleep(Math.random() * 300)
        await toolbox.kill('SIGKILL')
        killed++
        await toolbox.restart()
      }
      quota = jobs
    }

    const work = Array.from({ length: submitters }, (_, first) => submitSome(first))
    await Promise.all([...work, watch(), killAgainAndAgain()])
    await untilQuiet(api, 60_000)

    const ids = [...acknowledged.values()]
    if (new Set(ids).size !== jobs) faults.push(`${jobs} keys gave ${new Set(ids).size} jobs`)
    const { counts } = await api.ask<{ counts: Record<string, number> }>('GET', '/api/jobs/counts')
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    if (total !== jobs) faults.push(`${total} jobs exist for ${jobs} that were submitted`)
    const seen = { attempts: 0, lines: 0 }
    for (const id of ids) faults.push(...(await examine(api, id, endsSeen.get(id), seen)))
    faults.push(...(await examineAudit(api, ids)))
    return {
      measured: `${jobs} jobs, ${killed} kills, ${seen.attempts - jobs} attempts interrupted, ${seen.lines} acknowledged lines found again, ${faults.length} faults`,
      faults,
    }
  },
}

async function examine(
  api: Api,
  id: string,
  endSeen: string | undefined,
  seen: { attempts: number; lines: number },
): Promise<string[]> {
  const job = await readJob(api, id)
  const log = await readLog(api, id)
  const faults: string[] = []
  if (job.status !== 'succeeded') faults.push(`${id} is ${job.status}: ${job.error?.message}`)
  const ends = job.attempts.filter(({ outcome }) => outcome !== 'interrupted')
  if (ends.length !== 1) faults.push(`${id} has ${ends.length} attempts that ended it`)
  if (endSeen !== undefined && endSeen !== endOf(job)) {
    faults.push(`${id} ended again: first ${endSeen}, now ${endOf(job)}`)
  }
  if (log.some(({ seq }, index) => seq !== index + 1)) faults.push(`the log of ${id} has gaps`)
  const texts = new Set(log.map(({ text }) => text))
  const { acknowledged = {} } = (job.result ?? {}) as { acknowledged?: Record<string, number> }
  for (const [attempt, count] of Object.entries(acknowledged)) {
    for (let line = 1; line <= count; line++) {
      seen.lines++
      const text = `attempt ${attempt} line ${line}`
      if (!texts.has(text)) faults.push(`${id} lost "${text}", which was acknowledged`)
    }
  }
  seen.attempts += job.attempts.length
  return faults
}

/** Every job was accepted, nothing else was, and the chain holds. A request that was repeated has an entry each time. */
async function examineAudit(api: Api, ids: readonly string[]): Promise<string[]> {
  const faults: string[] = []
  const chain = await api.ask<{ intact: boolean; faults: unknown }>('GET', '/api/audit/verify')
  if (!chain.intact) faults.push(`the audit chain is broken: ${JSON.stringify(chain.faults)}`)
  const { text } = await api.call('GET', '/api/audit/export?operation=drill.witness&outcome=accepted')
  const accepted = text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as AuditEntry).jobId)
  const known = new Set(accepted)
  if (known.size !== ids.length) faults.push(`${known.size} jobs were accepted and ${ids.length} exist`)
  faults.push(...ids.filter((id) => !known.has(id)).map((id) => `${id} has no audit entry`))
  return faults
}

function endOf({ status, endedAt, attempt }: Pick<Job, 'status' | 'endedAt' | 'attempt'>): string {
  return `${status} at ${endedAt} in attempt ${attempt}`
}

async function countEnded(api: Api): Promise<number> {
  const { counts } = await api.ask<{ counts: Record<string, number> }>('GET', '/api/jobs/counts')
  return (counts.succeeded ?? 0) + (counts.failed ?? 0) + (counts.lost ?? 0)
}

/** As a client does that must get through: again after every failure, until it lasts too long for a restart. */
async function insist<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + 20_000
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (performance.now() > deadline) throw error
      await sleep(50)
    }
  }
}
