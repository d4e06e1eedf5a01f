import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Jobs } from '../jobs/index.ts'
import type { Observe } from '../kernel/run-operation.ts'
import type { HostInfo } from '../toolkits/ports.ts'

export interface Metrics {
  readonly registry: Registry
  readonly observe: Observe
  /** What is asked for only when somebody collects. */
  watch(parts: {
    jobs: Pick<Jobs, 'counts'>
    queueDepth: () => Promise<number>
    hosts: () => readonly HostInfo[]
  }): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const operations = new Counter({
    name: 'toolbox_operations_total',
    help: 'Operations run, by id and outcome code (`ok` or the problem code)',
    labelNames: ['operation', 'code'],
    registers,
  })
  const durations = new Histogram({
    name: 'toolbox_operation_seconds',
    help: 'Time an operation took, without the transport',
    labelNames: ['operation'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5, 30],
    registers,
  })

  return {
    registry,
    observe({ operation, code, milliseconds }) {
      operations.inc({ operation, code })
      durations.observe({ operation }, milliseconds / 1000)
    },
    watch({ jobs, queueDepth, hosts }) {
      new Gauge({
        name: 'toolbox_jobs',
        help: 'Jobs by status',
        labelNames: ['status'],
        registers,
        async collect() {
          this.reset()
          // The rest is wanted most when the database is away.
          const counts = await jobs.counts().then(
            (answer) => answer.counts,
            () => ({}),
          )
          for (const [status, count] of Object.entries(counts)) this.set({ status }, count)
        },
      })
      new Gauge({
        name: 'toolbox_queue_depth',
        help: 'Jobs that wait in the queue',
        registers,
        async collect() {
          this.set(await queueDepth())
        },
      })
      const perHost = (name: string, help: string, read: (host: HostInfo) => number) =>
        new Gauge({
          name,
          help,
          labelNames: ['toolkit', 'pid'],
          registers,
          collect() {
            this.reset()
            for (const host of hosts()) this.set({ toolkit: host.slug, pid: host.pid }, read(host))
          },
        })
      perHost(
        'toolbox_toolkit_host_resident_bytes',
        'Memory of a toolkit host',
        (host) => host.residentBytes ?? 0,
      )
      perHost('toolbox_toolkit_host_running', 'Calls and jobs in a toolkit host', (host) => host.running)
      perHost(
        'toolbox_toolkit_host_restarts',
        'Unplanned exits of the toolkit version',
        (host) => host.restarts,
      )
    },
  }
}
