import { Agent } from 'node:http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOf, fuzzRequests, sendFuzz } from './testing/fuzz.ts'
import { adminToken, declarations, startTestServer } from './testing/test-server.ts'

test('no input makes a fault of ours, and every refusal is a problem document', async () => {
  const { server, address, jobs } = await startTestServer()
  const agent = new Agent({ keepAlive: true })
  const statuses = new Map<number, number>()
  const credentials = { authorization: `Bearer ${adminToken}` }
  try {
    const requests = fuzzRequests(declarations, { jobId: [jobs.id], slug: ['demo'], q: ['text'] })
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const authorised = { ...request, headers: { ...request.headers, ...credentials } }
        const answer = await sendFuzz(address, authorised, agent)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        expect(faultOf(answer)).toBeNull()
      }),
      { numRuns: 1500, seed: 20300101 },
    )
  } finally {
    agent.destroy()
    await server.close(1000)
  }
  // Requests that never get past the door would prove little.
  expect(statuses.get(200)).toBeGreaterThan(100)
  expect(statuses.get(202)).toBeGreaterThan(20)
  expect(statuses.get(400)).toBeGreaterThan(100)
  expect(statuses.get(415)).toBeGreaterThan(5)
})
