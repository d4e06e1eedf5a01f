import type { RuntimePart } from '@sre-toolbox/contract/runtime'
import type { DiskSpace } from './disk.ts'
import type { EventLoopDelay } from './event-loop.ts'
import type { HostView, QueueView, WorkerView } from './ports.ts'

export type Verdict = Omit<RuntimePart, 'name'>

const mebibyte = 1024 ** 2
const oldestQueuedLimitSeconds = 60

export function judgeApi(memory: { rss: number; heapUsed: number }): Verdict {
  return {
    status: 'healthy',
    message: 'Answers requests.',
    measures: { residentBytes: memory.rss, heapUsedBytes: memory.heapUsed },
  }
}

export function judgeWorkers(workers: readonly WorkerView[], now: number): Verdict {
  const alive = workers.filter((worker) => now - worker.heartbeatAt <= worker.leaseMs).length
  const silent = workers.length - alive
  const measures = { aliveCount: alive, silentCount: silent }
  if (alive === 0) {
    return {
      status: 'unhealthy',
      message:
        'No worker is alive: jobs wait. Start one with `toolbox worker`, or give `serve` the worker role.',
      measures,
    }
  }
  if (silent > 0) {
    return {
      status: 'degraded',
      message: `${silent} of ${workers.length} workers stopped sending heartbeats. Its jobs are taken over; see its log.`,
      measures,
    }
  }
  return { status: 'healthy', message: `${alive} alive.`, measures }
}

export function judgeDatabase(fault: string | null, answeredInMs: number): Verdict {
  return {
    status: fault === null ? 'healthy' : 'unhealthy',
    message: fault ?? 'Writes are durable.',
    measures: { answeredInMs },
  }
}

export function judgeQueue(queue: QueueView, now: number): Verdict {
  const oldestSeconds = queue.oldestQueuedAt === null ? 0 : Math.max(0, (now - queue.oldestQueuedAt) / 1000)
  const late = oldestSeconds > oldestQueuedLimitSeconds
  return {
    status: late ? 'degraded' : 'healthy',
    message: late
      ? `The oldest job has waited ${Math.round(oldestSeconds)} s. Add workers, or raise the limits of its operation.`
      : `Jobs start as they come (${queue.engine}).`,
    measures: { queuedCount: queue.queued, runningCount: queue.running, oldestQueuedSeconds: oldestSeconds },
  }
}

export function judgeHosts(hosts: readonly HostView[]): Verdict {
  const restarted = hosts.filter((host) => host.restarts > 0)
  const worst = restarted.toSorted((a, b) => b.restarts - a.restarts)[0]
  return {
    status: worst ? 'degraded' : 'healthy',
    message: worst
      ? `${worst.slug} went down ${worst.restarts} times, last: ${worst.lastExit ?? 'cause unknown'}. Look at its log, or disable it.`
      : `${hosts.length} running; others start on first use.`,
    measures: {
      hostCount: hosts.length,
      runningCount: sum(hosts.map((host) => host.running)),
      restartCount: sum(hosts.map((host) => host.restarts)),
      residentBytes: sum(hosts.map((host) => host.residentBytes ?? 0)),
    },
  }
}

export function judgeDisk(space: DiskSpace): Verdict {
  const measures = { freeBytes: space.freeBytes, totalBytes: space.totalBytes }
  const free = `${inUnits(space.freeBytes)} free in the data directory`
  if (space.freeBytes < 100 * mebibyte) {
    return {
      status: 'unhealthy',
      message: `Only ${free}. Make room now: writes are about to fail.`,
      measures,
    }
  }
  if (space.freeBytes < 1024 * mebibyte && space.freeBytes < space.totalBytes * 0.1) {
    return { status: 'degraded', message: `Only ${free}. Make room soon.`, measures }
  }
  return { status: 'healthy', message: `${free}.`, measures }
}

export function judgeEventLoop(delay: EventLoopDelay): Verdict {
  const measures = { ...delay }
  if (delay.p99Ms > 1000) {
    return {
      status: 'unhealthy',
      message: 'Requests wait for more than a second: the process is overloaded. Add API processes.',
      measures,
    }
  }
  if (delay.p99Ms > 200) {
    return { status: 'degraded', message: 'Requests wait noticeably: the process is busy.', measures }
  }
  return { status: 'healthy', message: 'Free.', measures }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function inUnits(bytes: number): string {
  return bytes < 10 * 1024 * mebibyte
    ? `${Math.floor(bytes / mebibyte)} MiB`
    : `${Math.floor(bytes / 1024 / mebibyte)} GiB`
}
