import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestContext, type TestContextOptions } from '@sre-toolbox/sdk/testing'
import { describe, expect, test } from 'vitest'
import type { KeptProbe } from '../server/history.ts'
import toolkit from '../server/index.ts'
import type { ProbeResult } from '../server/probe.ts'
import type { Sample } from '../server/sample.ts'

const defaults = { count: 3, intervalMs: 0, method: 'GET', timeoutMs: 2000, maxErrorRate: 0, headers: {} }

/** A real server on loopback; ends with `await using`. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createScene(options: TestContextOptions = {}) {
  const test = createTestContext({ job: { id: 'job-1', attempt: 1 }, ...options })
  const run = async (name: string, input: object) => {
    const operation = toolkit.operations[name]
    if (!operation) throw new Error(`${name} is not defined`)
    return test.run(operation, input)
  }
  return {
    ...test,
    probe: (url: string, input: object = {}) =>
      run('probe', { ...defaults, ...input, url }) as Promise<ProbeResult>,
    quick: (url: string, input: object = {}) =>
      run('quick', { ...defaults, ...input, url }) as Promise<Sample>,
    history: async (url: string, limit = 20) =>
      ((await run('history', { url, limit })) as { items: KeptProbe[] }).items,
  }
}

describe('a probe', () => {
  test('takes its samples one after the other and tells percentiles and a verdict', async () => {
    let open = 0
    let mostOpen = 0
    await using server = await serve((_request, response) => {
      mostOpen = Math.max(mostOpen, ++open)
      setTimeout(() => {
        open--
        response.end('well')
      }, 5)
    })
    const scene = createScene()
    const result = await scene.probe(server.url, { count: 5, budgetMs: 60_000 })
    expect(mostOpen).toBe(1)
    expect(result).toMatchObject({ url: server.url, count: 5, failed: 0, errorRate: 0, budgetMs: 60_000 })
    expect(result.samples.map(({ number, status, ok }) => [number, status, ok])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number, 200, true]),
    )
    const slowest = Math.max(...result.samples.map(({ total }) => total ?? 0))
    expect(result.percentiles.total).toMatchObject({ p95: slowest, max: slowest })
    expect(result.verdict).toMatchObject({ withinBudget: true })
  })

  test('shows steps, counts samples and logs a line for each', async () => {
    await using server = await serve((_request, response) => response.end())
    const scene = createScene()
    await scene.probe(server.url)
    expect(scene.progress()).toMatchObject({ done: 3, total: 3, unit: 'samples', percent: 100 })
    expect(scene.progress().steps?.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
    const lines = scene.logs.filter(({ text }) => /^#\d 200 in [\d.]+ ms \(.*first byte [\d.]+\)$/.test(text))
    expect(lines).toHaveLength(3)
  })

  test('counts an unexpected status as a failure, and takes the one expected', async () => {
    let count = 0
    await using server = await serve((_request, response) =>
      response.writeHead(++count % 2 ? 503 : 204).end(),
    )
    const scene = createScene()
    const result = await scene.probe(server.url, { count: 4, budgetMs: 60_000 })
    expect(result).toMatchObject({ failed: 2, errorRate: 0.5, verdict: { withinBudget: false } })
    expect(result.samples[0]).toMatchObject({ ok: false, status: 503, error: 'status 503' })
    expect(scene.logs.filter(({ level }) => level === 'warn')).toHaveLength(2)
    expect(await scene.quick(server.url, { expectStatus: 503 })).toMatchObject({ ok: true, status: 503 })
    expect(await scene.quick(server.url, { expectStatus: 503 })).toMatchObject({
      error: 'status 204 instead of 503',
    })
  })

  test('takes a redirect as the answer', async () => {
    await using server = await serve((_request, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    )
    expect(await createScene().quick(server.url)).toMatchObject({ ok: true, status: 302 })
  })

  test('goes on when the target does not answer', async () => {
    await using server = await serve((request) => request.socket.destroy())
    const result = await createScene().probe(server.url)
    expect(result).toMatchObject({ count: 3, failed: 3, percentiles: { total: null } })
    expect(result.samples[2]).toMatchObject({ ok: false, status: null, total: null })
    expect(result.samples[2]?.error).toContain('could not be reached')
  })

  test('does not wait longer for a sample than it may', async () => {
    await using server = await serve(() => {})
    const sample = await createScene().quick(server.url, { timeoutMs: 100 })
    expect(sample.error).toContain('did not answer within 100 ms')
  })

  test('stops within a sample when it is cancelled, and keeps nothing', async () => {
    const scene = createScene()
    let count = 0
    await using server = await serve((_request, response) => {
      if (++count < 3) response.end()
      else scene.abort()
    })
    await expect(scene.probe(server.url, { count: 100 })).rejects.toThrow('cancelled')
    expect(count).toBe(3)
    expect(scene.logs.at(-1)?.text).toBe('Stopped after 2 of 100 samples.')
    expect(await scene.history(server.url)).toEqual([])
  })

  test('stops in the pause between samples when it is cancelled', async () => {
    const scene = createScene()
    await using server = await serve((_request, response) => {
      response.end()
      setTimeout(() => scene.abort(), 20)
    })
    await expect(scene.probe(server.url, { intervalMs: 60_000 })).rejects.toThrow()
    expect(scene.logs.at(-1)?.text).toBe('Stopped after 1 of 3 samples.')
  })
})

describe('headers', () => {
  test('go out as given, and credentials from the settings to their host alone', async () => {
    const seen: IncomingMessage['headers'][] = []
    const answer = (request: IncomingMessage, response: ServerResponse) => {
      seen.push(request.headers)
      response.end()
    }
    await using known = await serve(answer)
    await using other = await serve(answer)
    const value = 'secret:probes/api#authorization'
    const scene = createScene({
      settings: { credentials: [{ host: known.host, header: 'Authorization', value }] },
      secrets: { [value]: 'Bearer canary' },
    })
    await scene.quick(known.url, { headers: { 'x-region': 'north' } })
    await scene.quick(other.url)
    expect(seen[0]).toMatchObject({ 'x-region': 'north', authorization: 'Bearer canary' })
    expect(seen[1]).not.toHaveProperty('authorization')
    expect(JSON.stringify(scene.logs)).not.toContain('canary')
  })
})

describe('history', () => {
  test('shows the probes of a URL, newest first, without their samples', async () => {
    await using server = await serve((_request, response) => response.end())
    const scene = createScene({ job: null })
    await scene.probe(server.url, { count: 1 })
    await scene.probe(server.url, { count: 2 })
    await scene.probe(`${server.url}other`, { count: 3 })
    const items = await scene.history(server.url)
    expect(items.map(({ count }) => count)).toEqual([2, 1])
    expect(items[0]).not.toHaveProperty('samples')
    expect(await scene.history(server.url, 1)).toHaveLength(1)
  })

  test('holds a job once, however often it was attempted', async () => {
    await using server = await serve((_request, response) => response.end())
    const scene = createScene()
    await scene.probe(server.url)
    await scene.probe(server.url)
    expect(await scene.history(server.url)).toHaveLength(1)
  })

  test('loses no probe to another that ends in the same moment', async () => {
    await using server = await serve((_request, response) => response.end())
    const scene = createScene({ job: null })
    await Promise.all([1, 2, 3].map((count) => scene.probe(server.url, { count })))
    expect((await scene.history(server.url)).map(({ count }) => count).sort()).toEqual([1, 2, 3])
  })
})
