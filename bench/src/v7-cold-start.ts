import { setTimeout as sleep } from 'node:timers/promises'
import type { Benchmark } from './main.ts'
import { runToEnd } from './product/jobs.ts'
import { descendants, residentMegabytes } from './product/processes.ts'
import { openApi, startServer } from './product/server.ts'
import { absolute, atMostAbsolute } from './result.ts'
import type { Stage } from './stage.ts'
import { median } from './statistics.ts'

const STARTS = 7
const IDLE_MS = 10_000
const HOST_STOPS_WITHIN_MS = 120_000

const SECONDS = atMostAbsolute(1, 's')
const CONTROL_PLANE = atMostAbsolute(160, 'MB')
const HOST = atMostAbsolute(60, 'MB')

export const coldStart: Benchmark = {
  title: 'Start of the server to the first 200 on /readyz, and memory when idle',
  async run(stage) {
    const firstStarts: number[] = []
    const laterStarts: number[] = []
    for (let start = 0; start < STARTS; start++) {
      const directory = stage.tempDir()
      firstStarts.push(await secondsToStart(stage, directory))
      laterStarts.push(await secondsToStart(stage, directory))
    }
    const memory = await measureMemory(stage)
    return {
      rows: [
        absolute('first start, empty data directory', 's', median(firstStarts), SECONDS),
        absolute('start on an existing data directory', 's', median(laterStarts), SECONDS),
        absolute('control plane, idle after start', 'MB', memory.atStart, CONTROL_PLANE),
        absolute('toolkit hosts before first use', 'processes', memory.hostsAtStart, atMostAbsolute(0, '')),
        absolute('toolkit host after a job', 'MB', memory.host, HOST),
        absolute('toolkit hosts when idle', 'processes', memory.hostsWhenIdle, atMostAbsolute(0, '')),
        absolute('toolkit host stopped after the job by', 's', memory.hostStoppedAfter),
        absolute('control plane, idle again', 'MB', memory.atEnd, CONTROL_PLANE),
      ],
      notes: [
        `median of ${STARTS} starts; the file cache is warm`,
        `idle: ${IDLE_MS / 1000} s after the start, then after one job once its host has stopped`,
      ],
    }
  },
}

async function secondsToStart(stage: Stage, directory: string): Promise<number> {
  const server = await startServer(stage, directory)
  await server.service.stop()
  return server.readyAfterMs / 1000
}

async function measureMemory(stage: Stage) {
  const server = await startServer(stage, stage.tempDir())
  const { pid } = server.service
  await sleep(IDLE_MS)
  const atStart = residentMegabytes(pid)
  const hostsAtStart = descendants(pid).length

  await runToEnd(await openApi(server), 'noop')
  const jobEnded = performance.now()
  const host = descendants(pid).reduce((sum, { megabytes }) => sum + megabytes, 0)
  while (descendants(pid).length > 0 && performance.now() - jobEnded < HOST_STOPS_WITHIN_MS) await sleep(500)
  const hostsWhenIdle = descendants(pid).length
  const hostStoppedAfter = (performance.now() - jobEnded) / 1000
  return { atStart, hostsAtStart, host, hostsWhenIdle, hostStoppedAfter, atEnd: residentMegabytes(pid) }
}
