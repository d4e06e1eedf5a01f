import { connect } from 'node:net'
import type { LogLine } from '@sre-toolbox/contract/jobs'
import { afterEach, describe, expect, test } from 'vitest'
import type { HttpServerDeps } from './http-server.ts'
import { openEvents, type ReceivedEvent } from './testing/event-reader.ts'
import { adminToken, startTestServer, type TestServer, userToken } from './testing/test-server.ts'

const user = { authorization: `Bearer ${userToken}` }
// A client of these tests may be slow, on a busy machine, but takes all it is sent.
const quick = { heartbeatMs: 30, drainTimeoutMs: 10_000, jobTickMs: 5, changesTickMs: 5 }

let running: TestServer
async function start(over: Partial<HttpServerDeps> = {}) {
  running = await startTestServer({ streamTimes: quick, ...over })
  return running
}
afterEach(() => running.server.close(1000))

function jobEvents(headers: Record<string, string> = {}, query = '') {
  return openEvents(`${running.address}/api/jobs/${running.jobs.id}/events${query}`, { ...user, ...headers })
}

async function openStreams(): Promise<number> {
  const metrics = await (await fetch(`${running.address}/metrics`)).text()
  return Number(/^toolbox_http_streams (\d+)$/m.exec(metrics)?.[1])
}

function sequence(events: readonly ReceivedEvent[]): number[] {
  return events
    .filter(({ event }) => event === 'log')
    .flatMap(({ data }) => (data as LogLine[]).map(({ seq }) => seq))
}

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe("a job's stream", () => {
  test('tells what is, then what comes, and ends once with the job', async () => {
    const { jobs } = await start()
    jobs.log(3)
    const stream = await jobEvents()
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const first = await stream.until('log')
    expect(first.map(({ event, id }) => [event, id])).toEqual([
      ['status', '0-1'],
      ['log', '3-1'],
    ])
    jobs.progress(40)
    expect(await stream.next()).toEqual({ id: '3-1', event: 'progress', data: { percent: 40 } })
    jobs.log(2)
    jobs.move('succeeded')
    const rest = await stream.until('never')
    expect(sequence(rest)).toEqual([4, 5])
    expect(rest.filter(({ event }) => event === 'end')).toHaveLength(1)
    expect(rest.at(-1)).toMatchObject({
      event: 'end',
      id: '5-2',
      data: { status: 'succeeded', job: { id: jobs.id } },
    })
  })

  test('of a job that has ended gives the whole log and ends', async () => {
    const { jobs } = await start()
    jobs.log(2500)
    jobs.move('failed')
    const events = await (await jobEvents()).until('never')
    expect(sequence(events)).toEqual(upTo(2500))
    expect(events[0]?.event).toBe('status')
    expect(events.at(-1)?.event).toBe('end')
  })

  test('resumes after the last event, however often it is cut', async () => {
    const { jobs } = await start()
    const writing = setInterval(() => jobs.log(20), 2)
    const seen: number[] = []
    let lastEventId: string | undefined
    for (let cut = 0; cut < 10; cut++) {
      const stream = await jobEvents(lastEventId === undefined ? {} : { 'last-event-id': lastEventId })
      for (let count = 0; count < 3; count++) {
        const [log] = (await stream.until('log')).slice(-1)
        lastEventId = log?.id
        seen.push(...sequence(log ? [log] : []))
      }
      stream.close()
    }
    clearInterval(writing)
    jobs.move('cancelled')
    const last = await jobEvents({ 'last-event-id': lastEventId ?? '' })
    seen.push(...sequence(await last.until('end')))
    expect(seen).toEqual(upTo(seen.length))
    expect(seen.length).toBe(jobs.summary().logLines)
  })

  test('starts where the page that opens it left off', async () => {
    const { jobs } = await start()
    jobs.log(10)
    jobs.move('succeeded')
    expect(sequence(await (await jobEvents({}, '?after=8')).until('end'))).toEqual([9, 10])
  })

  test('misses no line that was written just before the end', async () => {
    const { jobs } = await start({ streamTimes: { ...quick, jobTickMs: 0 } })
    const streams = await Promise.all(upTo(10).map(() => jobEvents()))
    const all = Promise.all(streams.map((stream) => stream.until('end')))
    for (let burst = 0; burst < 50; burst++) {
      jobs.log(7)
      if (burst % 3 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    jobs.move('succeeded')
    for (const events of await all) expect(sequence(events)).toEqual(upTo(350))
  })

  test('many watchers cost one read of each change', async () => {
    const { jobs } = await start()
    const streams = await Promise.all(upTo(20).map(() => jobEvents()))
    await Promise.all(streams.map((stream) => stream.until('status')))
    const before = jobs.logReads()
    const all = Promise.all(streams.map((stream) => stream.until('log')))
    jobs.log(5)
    await all
    expect(jobs.logReads() - before).toBeLessThan(20)
  })

  test('drops a client that takes nothing, and it loses nothing when it comes back', async () => {
    // Long enough for a client that does take what it is given, on a busy machine as well.
    const { address, jobs } = await start({ streamTimes: { ...quick, drainTimeoutMs: 2000 } })
    const { hostname, port } = new URL(address)
    const path = `/api/jobs/${jobs.id}/events`
    const socket = connect(Number(port), hostname)
    const dropped = new Promise((resolve) => socket.on('close', resolve))
    socket.on('error', () => {})
    socket.pause()
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${userToken}\r\n\r\n`)
    await expect.poll(openStreams).toBe(1)
    jobs.log(20_000, 'x'.repeat(1000))
    await expect.poll(openStreams).toBe(0)
    expect(jobs.logReads()).toBeLessThan(20)
    socket.resume()
    await dropped
    jobs.move('succeeded')
    expect(sequence(await (await jobEvents()).until('end'))).toEqual(upTo(20_000))
  })

  test('keeps the connection warm', async () => {
    const { jobs } = await start()
    const stream = await jobEvents()
    const ended = stream.until('end')
    setTimeout(() => jobs.move('succeeded'), 150)
    await ended
    expect(stream.comments()).toBeGreaterThan(1)
  })

  test('closes without an end when the server does, for the client to resume elsewhere', async () => {
    const { server } = await start()
    const stream = await jobEvents()
    await stream.until('status')
    const rest = stream.until('never')
    await server.close(1000)
    expect(await rest).toEqual([])
  })

  test('is refused without the role, and the refusal is on record', async () => {
    const nobody = {
      kind: 'user',
      name: 'eve',
      roles: [],
      superuser: false,
      sessionId: null,
      token: null,
    } as const
    const { audited } = await start({
      authenticate: () => ({ ...nobody, userId: 'u9', address: null }),
    })
    await expect(jobEvents()).rejects.toThrow(/403.*role_missing/)
    expect(audited).toMatchObject([{ operation: 'jobs.events', outcome: 'refused', code: 'role_missing' }])
  })

  test('ends when its session does', async () => {
    const { revoked, sessionToken } = await start()
    const stream = await openEvents(`${running.address}/api/jobs/${running.jobs.id}/events`, {
      cookie: `toolbox_session=${sessionToken}`,
    })
    await stream.until('status')
    revoked.add(sessionToken)
    expect(await stream.until('never')).toEqual([])
  })
})

describe('the stream of all changes', () => {
  const admin = { authorization: `Bearer ${adminToken}` }
  const changes = (headers: Record<string, string> = {}) =>
    openEvents(`${running.address}/api/events`, { ...admin, ...headers })

  test('tells the latest of what changed, once for each thing', async () => {
    const { events } = await start()
    const stream = await changes()
    await new Promise((resolve) => setTimeout(resolve, 20))
    events.publish('job', { jobId: 'a', revision: 1, status: 'queued' })
    events.publish('job', { jobId: 'b', revision: 1, status: 'queued' })
    events.publish('job', { jobId: 'a', revision: 2, status: 'running' })
    events.publish('toolkit', { slug: 'regex' })
    const seen = await stream.until('toolkit')
    expect(seen.map(({ event, data }) => [event, data])).toEqual([
      ['job', { jobId: 'b', revision: 1, status: 'queued' }],
      ['job', { jobId: 'a', revision: 2, status: 'running' }],
      ['toolkit', { slug: 'regex' }],
    ])
    stream.close()
  })

  test('resumes, and says so when too much was missed or the server is another', async () => {
    const { events } = await start()
    const stream = await changes()
    await new Promise((resolve) => setTimeout(resolve, 20))
    events.publish('toolkit', { slug: 'one' })
    const [one] = await stream.until('toolkit')
    stream.close()
    events.publish('toolkit', { slug: 'two' })
    const resumed = await changes({ 'last-event-id': one?.id ?? '' })
    expect(await resumed.next()).toMatchObject({ event: 'toolkit', data: { slug: 'two' } })
    resumed.close()

    for (let index = 0; index < 1500; index++) events.publish('toolkit', { slug: `t${index}` })
    const late = await changes({ 'last-event-id': one?.id ?? '' })
    expect(await late.next()).toMatchObject({ event: 'reset' })
    late.close()
    const stranger = await changes({ 'last-event-id': 'other-1' })
    expect(await stranger.next()).toMatchObject({ event: 'reset' })
    stranger.close()
  })

  test('says goodbye when the server shuts down', async () => {
    const { server } = await start()
    const stream = await changes()
    const rest = stream.until('never')
    await server.close(1000)
    expect(await rest).toMatchObject([{ event: 'end', data: { reason: 'shutdown' } }])
  })
})
