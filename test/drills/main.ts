// `npm run drills`: every drill with its full numbers, one after the other. `npm run drills -- F1 F7` holds just those.
import { fuzz } from '../hostile/fuzz-product.ts'
import { cancelVersusFinish } from './cancel-versus-finish.ts'
import { deadWorkerAlone, deadWorkerBeside } from './dead-worker.ts'
import { diskFull } from './disk-full.ts'
import type { Drill } from './drill.ts'
import { faultyToolkit } from './faulty-toolkit.ts'
import { secondProcess } from './second-process.ts'
import { sigkillUnderLoad } from './sigkill-under-load.ts'
import { stoppedWorker } from './stopped-worker.ts'

const wanted = new Set(process.argv.slice(2))
const rows: string[] = ['| drill | target | measured |', '| --- | --- | --- |']

await offerServices()
await hold(sigkillUnderLoad)
await hold(cancelVersusFinish)
await hold(deadWorkerAlone)
await hold(deadWorkerBeside)
await hold(stoppedWorker)
await hold(diskFull)
await hold(secondProcess)
await hold(faultyToolkit)
await hold(fuzz)
console.log(`\n${rows.join('\n')}`)

async function hold<Size>({ id, title, target, missing, long, run }: Drill<Size>): Promise<void> {
  if (wanted.size > 0 && !wanted.has(id)) return
  const why = missing?.() ?? null
  console.log(`${id} ${title}: ${why === null ? 'under way' : `left out, ${why}`}`)
  if (why !== null) return
  const startedAt = performance.now()
  const { measured, faults } = await run(long).catch((error: Error) => ({
    measured: 'it broke off',
    faults: [error.stack ?? error.message],
  }))
  for (const fault of faults.slice(0, 20)) console.log(`  ✗ ${fault}`)
  if (faults.length > 0) process.exitCode = 1
  console.log(`  ${measured} (${((performance.now() - startedAt) / 1000).toFixed(0)} s)`)
  rows.push(`| ${id} ${title} | ${target} | ${faults.length === 0 ? '✓' : '✗'} ${measured} |`)
}

/** PostgreSQL where the environment says, else at its usual place. */
async function offerServices(): Promise<void> {
  const services = new URL('../../scripts/lib/services.js', import.meta.url).href
  const { findServices } = (await import(services)) as {
    findServices(environment: NodeJS.ProcessEnv): Promise<{ found: Record<string, string> }>
  }
  Object.assign(process.env, (await findServices(process.env)).found)
}
