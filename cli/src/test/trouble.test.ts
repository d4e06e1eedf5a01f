import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { exitCodes } from '../exit-codes.ts'
import { runToolbox, toolboxBin } from './run-toolbox.ts'
import { jobId, sampleJob, sampleLine } from './sample-job.ts'
import { events, json, problem, type Reply, startScriptedServer } from './scripted-server.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

// What a sound server does rarely: answers that tell the caller to wait, broken connections, strangers at the address.

const noJobs = json({ items: [], nextCursor: null })
const waitASecond: Reply = (response) =>
  void response
    .writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '0' })
    .end(JSON.stringify({ title: 'Not available', status: 503, code: 'unavailable', detail: 'Starting.' }))
const breakOff: Reply = (response) => void response.destroy()

/** The first reply once, the second from then on. */
const first =
  (once: Reply, then: Reply): Reply =>
  (response, request, times) =>
    (times === 1 ? once : then)(response, request, times)

function on(url: string, args: readonly string[]) {
  return runToolbox(args, { env: { TOOLBOX_URL: url, TOOLBOX_TOKEN: 'tbx_canary' } })
}

describe.concurrent('a request is sent again', () => {
  it.for<[string, Reply]>([
    ['asks to wait', waitASecond],
    ['breaks the connection', breakOff],
  ])('when it reads and the server %s', async ([, trouble]) => {
    await using server = await startScriptedServer({ 'GET /api/jobs': first(trouble, noJobs) })
    expect((await on(server.url, ['jobs', 'list'])).code).toBe(0)
    expect(server.received).toHaveLength(2)
  })

  it.for<[string, Reply]>([
    ['asks to wait', waitASecond],
    ['breaks the connection', breakOff],
  ])('when it submits a job and the server %s, under the same key', async ([, trouble]) => {
    const accepted = json({ job: sampleJob('queued') }, 202)
    await using server = await startScriptedServer({ 'POST /api/jobs': first(trouble, accepted) })
    expect((await on(server.url, ['run', 'regex.match'])).code).toBe(0)
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
    expect(keys[1]).toBe(keys[0])
  })
})

describe.concurrent('a request is not sent again', () => {
  it.for<[string, Reply]>([
    ['asks to wait', waitASecond],
    ['breaks the connection', breakOff],
  ])('when it changes something without a key and the server %s', async ([, trouble]) => {
    await using server = await startScriptedServer({ 'POST /api/toolkits/regex/enable': trouble })
    const { code } = await on(server.url, ['toolkits', 'enable', 'regex', '--justification', 'why not'])
    expect(code).toBe(exitCodes.unavailable)
    expect(server.received).toHaveLength(1)
  })

  it('when the server asks to wait for longer than a minute', async () => {
    const later = problem(429, 'rate_limited', 'Too many attempts.')
    const reply: Reply = (response, ...rest) => later(response.setHeader('retry-after', '3600'), ...rest)
    await using server = await startScriptedServer({ 'GET /api/jobs': reply })
    const { code, stderr } = await on(server.url, ['jobs', 'list'])
    expect(code).toBe(exitCodes.unavailable)
    expect(stderr).toContain('Too many attempts.')
    expect(server.received).toHaveLength(1)
  })
})

describe.concurrent('what answers is not a Toolbox', () => {
  const html: Reply = (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi')
  const away: Reply = (response) =>
    void response.writeHead(301, { location: 'https://toolbox.example.org/' }).end()
  const bare: Reply = (response) => void response.writeHead(404).end('nothing here')

  it.for<[string, Reply, string]>([
    ['a page', html, 'is not a Toolbox (HTTP 200, text/html)'],
    ['a redirect', away, 'redirects to https://toolbox.example.org/'],
    ['a bare 404', bare, 'is not a Toolbox (HTTP 404, no content type)'],
  ])('%s', async ([, reply, message]) => {
    await using server = await startScriptedServer({ 'GET /api/jobs': reply })
    const { code, stderr } = await on(server.url, ['jobs', 'list'])
    expect(code).toBe(exitCodes.unavailable)
    expect(stderr).toContain(message)
  })

  it('nothing at all', async () => {
    const server = await startScriptedServer({})
    await server.close()
    const { code, stderr } = await on(server.url, ['jobs', 'list'])
    expect(code).toBe(exitCodes.unavailable)
    expect(stderr).toContain('nothing listens there')
  })
})

describe.concurrent('refusals', () => {
  it.for<[number, string, number]>([
    [400, 'validation_failed', exitCodes.usage],
    [401, 'not_signed_in', exitCodes.forbidden],
    [403, 'persona_forbids', exitCodes.forbidden],
    [404, 'not_found', exitCodes.notFound],
    [409, 'toolkit_disabled', exitCodes.conflict],
    [413, 'too_large', exitCodes.usage],
    [422, 'operation_failed', exitCodes.failed],
    [500, 'internal', exitCodes.internal],
    [504, 'timed_out', exitCodes.failed],
  ])('HTTP %d %s ends with exit code %d', async ([status, problemCode, exitCode]) => {
    await using server = await startScriptedServer({
      'GET /api/jobs': problem(status, problemCode, 'Not like that.'),
    })
    const forPeople = await on(server.url, ['jobs', 'list'])
    expect(forPeople.code).toBe(exitCode)
    expect(forPeople.stderr).toMatch(/^error: Not like that\.\n/)
    expect(forPeople.stderr).toContain('request request-1')
    expect(forPeople.stderr).not.toContain('tbx_canary')
    const forScripts = await on(server.url, ['jobs', 'list', '--json'])
    expect(forScripts.code).toBe(exitCode)
    expect(JSON.parse(forScripts.stderr)).toMatchObject({ status, code: problemCode, requestId: 'request-1' })
  })
})

describe.concurrent('following a job', () => {
  const running = { ...sampleJob('running'), revision: 2 }
  const ended = { ...sampleJob('succeeded', { logLines: 3, result: { ok: true } }), revision: 3 }
  const line = (seq: number) => ({ id: `${seq}-2`, event: 'log', data: [sampleLine(seq, `line ${seq}`)] })
  const end = { id: '3-3', event: 'end', data: { status: 'succeeded', job: ended } }
  const status = (id: string, job: typeof running) => ({ id, event: 'status', data: job })

  it('goes on after the last event that arrived when the connection breaks', async () => {
    await using server = await startScriptedServer({
      [`GET /api/jobs/${jobId}/events`]: first(
        events([status('0-2', running), line(1), line(2)], 'cut'),
        events([line(3), end]),
      ),
      [`GET /api/jobs/${jobId}`]: json({ job: ended }),
    })
    const { code, stdout, stderr } = await on(server.url, ['jobs', 'logs', jobId, '--follow', '--after', '0'])
    expect(code).toBe(0)
    expect(stdout.match(/line \d/g)).toEqual(['line 1', 'line 2', 'line 3'])
    expect(stderr).toContain('is lost; trying to take it up again.\nConnected again.')
    expect(server.received.map(({ headers }) => headers['last-event-id']).slice(0, 2)).toEqual([
      undefined,
      '2-2',
    ])
  })

  it('goes on when the server closes the stream before the end, and while it is away', async () => {
    await using server = await startScriptedServer({
      [`GET /api/jobs/${jobId}/events`]: (response, request, times) => {
        const replies = [events([line(1)], 'end'), waitASecond, breakOff, events([line(2), line(3), end])]
        replies[times - 1]?.(response, request, times)
      },
      [`GET /api/jobs/${jobId}`]: json({ job: ended }),
    })
    const { code, stdout } = await on(server.url, ['jobs', 'logs', jobId, '-f'])
    expect(code).toBe(0)
    expect(stdout.match(/line \d/g)).toEqual(['line 1', 'line 2', 'line 3'])
  })

  it('stops when the server refuses to go on', async () => {
    await using server = await startScriptedServer({
      [`GET /api/jobs/${jobId}/events`]: first(
        events([line(1)], 'cut'),
        problem(401, 'not_signed_in', 'The token is revoked.'),
      ),
    })
    const { code, stderr } = await on(server.url, ['jobs', 'logs', jobId, '-f'])
    expect(code).toBe(exitCodes.forbidden)
    expect(stderr).toContain('The token is revoked.')
  })

  it('ends with exit code 1 and the reason when the job failed', async () => {
    const error = { code: 'toolkit_failed', message: 'no route to host' }
    const failed = { ...sampleJob('failed', { error }), revision: 3 }
    await using server = await startScriptedServer({
      'POST /api/jobs': json({ job: sampleJob('queued') }, 202),
      [`GET /api/jobs/${jobId}/events`]: events([{ ...end, data: { status: 'failed', job: failed } }]),
      [`GET /api/jobs/${jobId}`]: json({ job: failed }),
    })
    const { code, stderr } = await on(server.url, ['run', 'latency-sleuth.probe', '--follow'])
    expect(code).toBe(exitCodes.failed)
    expect(stderr).toContain('✗ failed')
    expect(stderr).toContain('toolkit_failed: no route to host')
  })

  it('lets no escape sequence of a log reach the terminal', async () => {
    const hostile = [sampleLine(1, '\x1b[2J\x1b]0;owned\x07gone\u202e')]
    await using server = await startScriptedServer({
      [`GET /api/jobs/${jobId}/logs`]: json({ items: hostile, nextCursor: null, total: 1 }),
    })
    const { stdout } = await on(server.url, ['jobs', 'logs', jobId])
    expect(stdout).toContain('\\u{1b}[2J\\u{1b}]0;owned\\u{7}gone\\u{202e}')
    for (const character of ['\x1b', '\x07', '\u202e']) expect(stdout).not.toContain(character)
  })
})

it('ends in silence when the reader of its output goes away', async () => {
  const items = Array.from({ length: 5000 }, (_, index) => sampleLine(index + 1, 'x'.repeat(100)))
  await using server = await startScriptedServer({
    [`GET /api/jobs/${jobId}/logs`]: json({ items, nextCursor: '5000', total: 1e9 }),
  })
  const child = spawn(process.execPath, [toolboxBin, 'jobs', 'logs', jobId, '--url', server.url], {
    env: { TOOLBOX_TOKEN: 'tbx_canary' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'exit')
  expect({ code, complaints }).toEqual({ code: exitCodes.brokenPipe, complaints: '' })
})
