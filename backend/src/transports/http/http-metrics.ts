import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface HttpMetrics {
  /** How to count the requests of one route; asked once a route, because looking labels up costs more than counting. */
  forRoute(operation: string): (status: number, milliseconds: number) => void
  watchStreams(open: () => number): void
}

export function createHttpMetrics(registry: Registry): HttpMetrics {
  const requests = new Counter({
    name: 'toolbox_http_requests_total',
    help: 'Requests answered, by operation and status',
    labelNames: ['operation', 'status'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'toolbox_http_request_seconds',
    help: 'Time from a request read to its answer written, by operation',
    labelNames: ['operation'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })

  return {
    watchStreams(open) {
      new Gauge({
        name: 'toolbox_http_streams',
        help: 'Live event streams that are open',
        registers: [registry],
        collect() {
          this.set(open())
        },
      })
    },
    forRoute(operation) {
      const duration = durations.labels(operation)
      const byStatus = new Map<number, Counter.Internal>()
      return (status, milliseconds) => {
        let counter = byStatus.get(status)
        if (!counter) {
          counter = requests.labels(operation, String(status))
          byStatus.set(status, counter)
        }
        counter.inc()
        duration.observe(milliseconds / 1000)
      }
    },
  }
}
