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

const SECONDS = atMostAbsolute(1, 's')
const CONTROL_PLANE = atMostAbsolute(160, 'MB')
const HOST = atMostAbsolute(60, 'MB')
const HOST_STOPS_WITHIN_S = 120
const HOST_STOPS = atMostAbsolute(HOST_STOPS_WITHIN_S, 's')

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
        absolute('toolkit hosts before first use', 'processes', memory.hostsBefore, atMostAbsolute(0, '')),
        absolute('toolkit host after a job', 'MB', memory.host, HOST),
        absolute('toolkit host stopped, after the job', 's', memory.hostStoppedAfter, HOST_STOPS),
        absolute('control plane, idle again', 'MB', memory.atEnd, CONTROL_PLANE),
      ],
      notes: [
        `median of ${STARTS} starts; the file cache is warm`,
        `idle: ${IDLE_MS / 1000} s after the start, then after one job once its host has stopped (∞: it has not)`,
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
  const before = new Set(descendants(pid).map((process) => process.pid))

  await runToEnd(await openApi(server), 'noop')
  const jobEnded = performance.now()
  const secondsSince = () => (performance.now() - jobEnded) / 1000
  const hosts = descendants(pid).filter((process) => !before.has(process.pid))
  // The same processes, because the product's own health checks may start others meanwhile.
  const isHostLeft = () => descendants(pid).some((process) => hosts.some((host) => host.pid === process.pid))
  while (isHostLeft() && secondsSince() < HOST_STOPS_WITHIN_S) await sleep(500)
  return {
    atStart,
    hostsBefore: before.size,
    host: hosts.reduce((sum, { megabytes }) => sum + megabytes, 0),
    hostStoppedAfter: isHostLeft() ? Number.POSITIVE_INFINITY : secondsSince(),
    atEnd: residentMegabytes(pid),
  }
}
