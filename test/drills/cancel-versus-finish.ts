import { setTimeout as sleep } from 'node:timers/promises'
import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import type { Api } from '../support/api.ts'
import { startToolbox } from '../support/toolbox.ts'
import { until } from '../support/until.ts'
import { type Drill, drillToolkits } from './drill.ts'
import { readJob, submit, untilEnded, untilStatus } from './jobs.ts'

interface Size {
  readonly races: number
  readonly kills: number
}

const atOnce = 16
const graceSeconds = 1

/** Cancellations that arrive just when the handler ends, and handlers that don't heed theirs. */
export const cancelVersusFinish: Drill<Size> = {
  id: 'F2',
  title: 'cancel against finish',
  target: '0 acknowledged as cancelled that succeed; process gone ≤ grace + 2 s',
  short: { races: 300, kills: 1 },
  long: { races: 5_000, kills: 10 },
  async run({ races, kills }) {
    await using toolbox = await startToolbox({
      settings: {
        TOOLBOX_EXTRA_TOOLKITS: drillToolkits,
        TOOLBOX_CANCEL_GRACE_SECONDS: String(graceSeconds),
        LOG_LEVEL: 'error',
      },
    })
    const { api } = toolbox
    const faults: string[] = []
    let won = 0
    /** When to cancel, in milliseconds after submitting: drawn to where both sides win, however fast the machine is. */
    let aim = 20
    let left = races

    async function race(): Promise<void> {
      while (left-- > 0) {
        const { wasAcknowledged, fault } = await cancelAtItsEnd(api, aim * (0.5 + Math.random()))
        aim = wasAcknowledged ? aim * 1.1 + 0.1 : aim / 1.1
        if (wasAcknowledged) won++
        if (fault) faults.push(fault)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, race))
    // Races that only one side wins prove nothing.
    if (won < races / 20 || won > (races * 19) / 20)
      faults.push(`one side won nearly always: ${won} of ${races}`)

    let slowest = 0
    for (let index = 0; index < kills; index++) slowest = Math.max(slowest, await killStubborn(api))
    const limit = (graceSeconds + 2) * 1000
    if (slowest > limit) faults.push(`a process outlived its cancellation by ${slowest} ms`)
    return {
      measured: `${races} races, ${won} won by the cancellation, ${faults.length} faults; stubborn process gone after ${(slowest / 1000).toFixed(1)} s at most (grace ${graceSeconds} s)`,
      faults,
    }
  },
}

async function cancelAtItsEnd(
  api: Api,
  afterMs: number,
): Promise<{ wasAcknowledged: boolean; fault: string | null }> {
  const ms = Math.floor(Math.random() * 20)
  const { id } = await submit(api, { operation: 'wait', input: { ms, stubborn: Math.random() < 0.5 } })
  await sleep(afterMs)
  const cancelled = await api.call('POST', `/api/jobs/${id}/cancel`, { body: {} })
  const job = await untilEnded(api, id)
  if (cancelled.status === 202) {
    const fault = job.status === 'cancelled' ? null : `${id} was acknowledged as cancelled and ${job.status}`
    return { wasAcknowledged: true, fault }
  }
  if (cancelled.status !== 409) return { wasAcknowledged: false, fault: `cancel answered ${cancelled.text}` }
  const fault = job.status === 'succeeded' ? null : `${id} refused its cancellation and ${job.status}`
  return { wasAcknowledged: false, fault }
}

/** Milliseconds from the request to cancel until the handler's process was gone and the job said so. */
async function killStubborn(api: Api): Promise<number> {
  const { id } = await submit(api, { operation: 'waitOnce', input: { ms: 60_000, stubborn: true } })
  await untilStatus(api, id, 'running')
  await until('it logs', async () => (await readJob(api, id)).logLines > 0 || null)
  const { toolkit } = await api.ask<{ toolkit: ToolkitDetail }>('GET', '/api/toolkits/drill')
  const processes = toolkit.hosts.filter(({ running }) => running > 0).map(({ pid }) => pid)
  if (processes.length === 0) throw new Error('no process runs the stubborn job')
  const startedAt = performance.now()
  await api.ask('POST', `/api/jobs/${id}/cancel`, { body: { reason: 'drill' } })
  await untilStatus(api, id, 'cancelled')
  await until('its process is gone', async () => !processes.some(isAlive) || null)
  return performance.now() - startedAt
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
