import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { type Result, renderResult } from './result.ts'
import { createStage, type Stage } from './stage.ts'

export interface Benchmark {
  title: string
  run(stage: Stage): Promise<Pick<Result, 'rows' | 'notes'>>
}

// Loaded on demand: a benchmark must not pay for, or break by, what only another one imports.
const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  v1: async () => (await import('./v1-throughput.ts')).throughput,
  v4: async () => (await import('./v4-latency.ts')).latency,
  v5: async () => (await import('./v5-list.ts')).list,
  v6: async () => (await import('./v6-list-scale.ts')).listScale,
  v7: async () => (await import('./v7-cold-start.ts')).coldStart,
  v9: async () => (await import('./v9-first-load.ts')).firstLoad,
  v10: async () => (await import('./v10-live-tail.ts')).liveTail,
  v11: async () => (await import('./v11-long-log.ts')).longLog,
}

const USAGE = `Usage: npm run bench -- <${Object.keys(BENCHMARKS).join('|')}|all> [--json <file>]`

interface Selection {
  benchmarks: { name: string; load: () => Promise<Benchmark> }[]
  jsonFile: string | undefined
}

/** Throws what is wrong with the command line, before anything is measured. */
function readSelection(): Selection {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' } },
  })
  if (positionals.length === 0) throw new Error('Which benchmark?')
  const names = positionals.includes('all') ? Object.keys(BENCHMARKS) : positionals
  const benchmarks = names.map((name) => {
    const load = BENCHMARKS[name]
    if (load === undefined) throw new Error(`There is no benchmark "${name}".`)
    return { name, load }
  })
  return { benchmarks, jsonFile: values.json }
}

async function runAll({ benchmarks, jsonFile }: Selection): Promise<void> {
  const machine = describeMachine()
  console.log(`Machine: ${machine}\n`)
  const results: Result[] = []
  for (const { name, load } of benchmarks) {
    const benchmark = await load()
    const result = { name, title: benchmark.title, ...(await runOne(benchmark)) }
    results.push(result)
    console.log(`${renderResult(result)}\n`)
  }
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify({ machine, results }, null, 2)}\n`)
}

/** Leaves nothing behind: not at its end, not when it fails, not when it is stopped. */
async function runOne(benchmark: Benchmark): Promise<Pick<Result, 'rows' | 'notes'>> {
  const stage = createStage()
  let stopping: Promise<void> | undefined
  const stop = (signal: NodeJS.Signals) => {
    console.error(`\n${signal}: stopping what the benchmark started.`)
    stopping = stage.close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await benchmark.run(stage)
  } catch (error) {
    // What fails because it was stopped is no fault to report.
    await stopping
    const said = describe(error)
    const others = stage.lastWords().filter((words) => words !== said)
    throw new Error([said, ...others].join('\n\n'))
  } finally {
    await stage.close()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function selectOrExplain(): Selection | undefined {
  try {
    return readSelection()
  } catch (error) {
    console.error(`${describe(error)}\n${USAGE}`)
    process.exitCode = 2
    return undefined
  }
}

const selection = selectOrExplain()
if (selection !== undefined) {
  await runAll(selection).catch((error: unknown) => {
    console.error(describe(error))
    process.exitCode = 1
  })
}
