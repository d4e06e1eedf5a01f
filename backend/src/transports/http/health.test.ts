import { Registry } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { adminToken, startTestServer } from './testing/test-server.ts'

const headers = { authorization: `Bearer ${adminToken}` }

describe('for orchestrators', () => {
  test('alive is alive, ready gives its reasons when it is not', async () => {
    let reasons: string[] = ['the disk is full']
    const { server, address } = await startTestServer({ readiness: async () => reasons })
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    const waiting = await fetch(`${address}/readyz`)
    expect(waiting.status).toBe(503)
    expect(await waiting.json()).toMatchObject({ code: 'unavailable', reasons: ['the disk is full'] })
    reasons = []
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    await server.close(1000)
  })

  test('a readiness check that throws is a reason', async () => {
    const { server, address } = await startTestServer({
      readiness: () => Promise.reject(new Error('no route')),
    })
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ reasons: ['no route'] })
    await server.close(1000)
  })

  test('metrics count requests by operation and status', async () => {
    const { server, address } = await startTestServer({ metrics: new Registry() })
    await fetch(`${address}/api/jobs`, { headers })
    await fetch(`${address}/api/jobs`)
    const text = await (await fetch(`${address}/metrics`)).text()
    expect(text).toContain('toolbox_http_requests_total{operation="jobs.list",status="200"} 1')
    expect(text).toContain('toolbox_http_requests_total{operation="jobs.list",status="401"} 1')
    expect(text).toContain('toolbox_http_request_seconds_count{operation="jobs.list"} 2')
    expect(text).toContain('toolbox_http_streams 0')
    await server.close(1000)
  })
})

describe('closing', () => {
  test('lets a running request finish and takes no new connection', async () => {
    const answered = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const { server, address } = await startTestServer({
      readiness: async () => {
        started.resolve()
        await answered.promise
        return []
      },
    })
    const running = fetch(`${address}/readyz`)
    await started.promise
    const closed = server.close(10_000)
    await expect(fetch(`${address}/healthz`)).rejects.toThrow()
    answered.resolve()
    expect((await running).status).toBe(200)
    await closed
  })

  test('does not wait for ever', async () => {
    const started = Promise.withResolvers<void>()
    const { server, address } = await startTestServer({
      readiness: () => {
        started.resolve()
        return new Promise(() => {})
      },
    })
    const cut = fetch(`${address}/readyz`).catch((error: Error) => error)
    await started.promise
    await server.close(50)
    expect(await cut).toBeInstanceOf(Error)
  })
})
