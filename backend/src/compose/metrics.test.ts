import { expect, it } from 'vitest'
import { createMetrics } from './metrics.ts'

it('tells the rest while the database can not be asked', async () => {
  const metrics = createMetrics()
  metrics.watch({
    jobs: { counts: () => Promise.reject(new Error('the database is away')) },
    queueDepth: async () => 3,
    hosts: () => [],
  })
  const text = await metrics.registry.metrics()
  expect(text).toContain('toolbox_queue_depth 3')
  expect(text).not.toContain('toolbox_jobs{')
})
