import { tmpdir } from 'node:os'
import type { PartName } from '@sre-toolbox/contract/runtime'
import { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { describe, expect, test } from 'vitest'
import { createDiagnostics } from './diagnostics.ts'
import { createEventLoopGauge } from './event-loop.ts'
import type { DiagnosticProbes } from './ports.ts'

const now = Date.UTC(2030, 0, 2)
const minute = 60_000

const wellProbes: DiagnosticProbes = {
  databaseFault: async () => null,
  queue: async () => ({ engine: 'embedded', queued: 0, running: 0, oldestQueuedAt: null }),
  workers: async () => [{ id: 'w1', heartbeatAt: now - 1000, leaseMs: 10_000 }],
  hosts: () => [],
}

function diagnosticsWith(probes: Partial<DiagnosticProbes>, dataDirectory = tmpdir()) {
  return createDiagnostics({
    version: '1.2.3',
    roles: ['api', 'worker'],
    clock: { now: () => now },
    startedAt: now - minute,
    probes: { ...wellProbes, ...probes },
    eventLoop: { read: () => ({ p50Ms: 0, p99Ms: 1, maxMs: 2 }), close: () => {} },
    dataDirectory,
    probeTimeoutMs: 50,
  })
}

async function partOf(name: PartName, probes: Partial<DiagnosticProbes>) {
  const { parts } = await diagnosticsWith(probes).status()
  return parts.find((part) => part.name === name)
}

describe('runtime status', () => {
  test('tells version, age, roles and every part, as the contract says', async () => {
    const status = runtimeStatus.output.parse(await diagnosticsWith({}).status())
    expect(status).toMatchObject({
      version: '1.2.3',
      startedAt: '2030-01-01T23:59:00.000Z',
      uptimeSeconds: 60,
      roles: ['api', 'worker'],
    })
    expect(status.parts.map((part) => [part.name, part.status])).toEqual([
      ['api', 'healthy'],
      ['workers', 'healthy'],
      ['database', 'healthy'],
      ['queue', 'healthy'],
      ['toolkit-hosts', 'healthy'],
      ['disk', expect.stringMatching(/healthy|degraded/)],
      ['event-loop', 'healthy'],
    ])
    expect(status.parts[5]?.measures.totalBytes).toBeGreaterThan(0)
  })

  test('a database that cannot write is unhealthy and says why', async () => {
    const part = await partOf('database', { databaseFault: async () => 'the disk is full' })
    expect(part).toMatchObject({ status: 'unhealthy', message: 'the disk is full' })
  })

  test('no living worker is unhealthy; one silent among others degrades', async () => {
    const silent = { id: 'w2', heartbeatAt: now - minute, leaseMs: 10_000 }
    const alive = { id: 'w1', heartbeatAt: now, leaseMs: 10_000 }
    expect(await partOf('workers', { workers: async () => [] })).toMatchObject({ status: 'unhealthy' })
    expect(await partOf('workers', { workers: async () => [silent] })).toMatchObject({ status: 'unhealthy' })
    expect(await partOf('workers', { workers: async () => [alive, silent] })).toMatchObject({
      status: 'degraded',
      measures: { aliveCount: 1, silentCount: 1 },
    })
  })

  test('a job that waits for more than a minute degrades the queue', async () => {
    const queue = { engine: 'embedded', queued: 3, running: 1, oldestQueuedAt: now - 2 * minute }
    expect(await partOf('queue', { queue: async () => queue })).toMatchObject({
      status: 'degraded',
      measures: { queuedCount: 3, runningCount: 1, oldestQueuedSeconds: 120 },
    })
  })

  test('a toolkit host that went down is named with its cause', async () => {
    const host = {
      version: '1.0.0',
      pid: 1,
      startedAt: now,
      slug: 'flaky',
      residentBytes: 1024,
      running: 0,
      restarts: 2,
      lastExit: 'killed by SIGKILL',
    }
    const part = await partOf('toolkit-hosts', {
      hosts: () => [{ ...host, slug: 'calm', restarts: 0 }, host],
    })
    expect(part).toMatchObject({ status: 'degraded', measures: { hostCount: 2, restartCount: 2 } })
    expect(part?.message).toContain('flaky went down 2 times, last: killed by SIGKILL')
  })

  test('a probe that throws or hangs makes its own part unhealthy and no other', async () => {
    const { parts } = await diagnosticsWith(
      { queue: () => Promise.reject(new Error('broker gone')), workers: () => new Promise(() => {}) },
      '/does/not/exist',
    ).status()
    const unwell = parts.filter((part) => part.status === 'unhealthy')
    expect(unwell.map((part) => part.name)).toEqual(['workers', 'queue', 'disk'])
    expect(unwell[0]?.message).toContain('no answer within 50 ms')
    expect(unwell[1]?.message).toContain('broker gone')
  })
})

describe('the event loop gauge', () => {
  test('sees a blocked loop, and forgets it after a minute', async () => {
    let time = now
    const gauge = createEventLoopGauge({ now: () => time })
    await pause(60)
    const blockedUntil = performance.now() + 500
    while (performance.now() < blockedUntil) {
      // Busy on purpose.
    }
    await pause(60)
    expect(gauge.read().maxMs).toBeGreaterThan(400)
    time += minute
    gauge.read()
    await pause(60)
    expect(gauge.read().maxMs).toBeLessThan(400)
    gauge.close()
  })
})

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
