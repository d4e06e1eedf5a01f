import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminToken, startTestServer, type TestServer } from './testing/test-server.ts'

let running: TestServer
beforeAll(async () => {
  running = await startTestServer()
})
afterAll(() => running.server.close(1000))

const json = { 'content-type': 'application/json' }
const admin = { authorization: `Bearer ${adminToken}` }
const id = '018f0000-0000-7000-8000-000000000000'

function request(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  return fetch(running.address + path, {
    method,
    headers: body === undefined ? headers : { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('an operation over HTTP', () => {
  test('takes path, query, body and headers as one input', async () => {
    const body = { toolkit: 'demo', operation: 'run', input: { deep: [1, { two: null }] } }
    const response = await request('POST', '/api/jobs', { ...admin, 'idempotency-key': 'k1' }, body)
    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(`/api/jobs/${running.jobs.id}`)
    expect(await response.json()).toMatchObject({ job: { id: running.jobs.id } })
    expect(running.received.at(-1)).toEqual({
      operation: 'jobs.submit',
      input: { ...body, priority: 0, idempotencyKey: 'k1' },
    })
  })

  test('takes a list from a repeated query field, and numbers from text', async () => {
    await request('GET', '/api/jobs?status=queued&status=running&limit=7', admin)
    expect(running.received.at(-1)?.input).toEqual({ status: ['queued', 'running'], limit: 7 })
  })

  test('takes a name with slashes from the end of the path', async () => {
    const response = await request('PUT', '/api/secrets/auth/okta%20x', admin, { values: { a: 'b' } })
    expect(response.status).toBe(400)
    expect((await request('PUT', '/api/secrets/auth/okta', admin, { values: { a: 'b' } })).status).toBe(200)
    expect(running.received.at(-1)?.input).toEqual({ name: 'auth/okta', values: { a: 'b' } })
  })

  test('takes the whole body as one field where the contract says so', async () => {
    const settings = { slug: 'not the path', nested: {} }
    await request('PUT', '/api/toolkits/demo/settings', { ...admin, 'if-match': '1' }, settings)
    expect(running.received.at(-1)?.input).toEqual({ slug: 'demo', settings, ifMatch: '1' })
  })

  test('takes a body with DELETE', async () => {
    const response = await request('DELETE', `/api/users/${id}/sessions/${id}`, admin, {
      summary: 'lost phone',
    })
    expect(response.status).toBe(200)
    expect(running.received.at(-1)?.input).toEqual({ userId: id, sessionId: id, summary: 'lost phone' })
  })

  test('answers 200 with the result of a call, and 202 when it goes on as a job', async () => {
    const call = await request('POST', '/api/toolkits/demo/operations/add', admin, { a: 1 })
    expect([call.status, await call.json()]).toEqual([200, { sum: 3 }])
    const job = await request('POST', '/api/toolkits/demo/operations/job', admin)
    expect([job.status, await job.json()]).toEqual([
      202,
      { job: expect.objectContaining({ status: 'running' }) },
    ])
  })

  test('answers text as a file of the format that was asked for', async () => {
    const lines = await request('GET', '/api/audit/export', admin)
    expect(lines.headers.get('content-type')).toBe('application/jsonl; charset=utf-8')
    expect(lines.headers.get('content-disposition')).toBe('attachment; filename="audit-export.jsonl"')
    expect(await lines.text()).toBe('one\ntwo\n')
    const csv = await request('GET', '/api/audit/export?format=csv', admin)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  })
})

describe('a session', () => {
  const cookie = { cookie: 'other=1; toolbox_session=session-of-ada' }

  test('comes as a cookie that scripts cannot read', async () => {
    const response = await request(
      'POST',
      '/api/auth/login',
      {},
      { username: 'ada', password: 'correct horse' },
    )
    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toBe(
      'toolbox_session=session-of-ada; Path=/; HttpOnly; SameSite=Lax; Expires=Wed, 01 Jan 2031 00:00:00 GMT',
    )
  })

  test('over TLS is bound to the host', async () => {
    const secure = await startTestServer({
      options: {
        cookieSecure: true,
        bodyLimitBytes: 10_000,
        trustProxy: false,
        publicUrl: null,
        accessLog: false,
        checkOutputs: true,
      },
    })
    const response = await fetch(`${secure.address}/api/auth/login`, {
      method: 'POST',
      headers: json,
      body: '{"username":"ada","password":"correct horse"}',
    })
    const header = response.headers.get('set-cookie') ?? ''
    expect(header).toMatch(
      /^__Host-toolbox_session=session-of-ada; Path=\/; HttpOnly; SameSite=Lax; Secure; /,
    )
    const headers = { cookie: header.split(';')[0] ?? '' }
    expect((await fetch(`${secure.address}/api/auth/me`, { headers })).status).toBe(200)
    expect((await fetch(`${secure.address}/api/auth/me`, { headers: cookie })).status).toBe(401)
    await secure.server.close(1000)
  })

  test('reads without further proof', async () => {
    expect((await request('GET', '/api/auth/me', cookie)).status).toBe(200)
  })

  test('ends with a cookie that has expired', async () => {
    const response = await request('POST', '/api/auth/logout', { ...cookie, 'x-toolbox-csrf': '1' })
    expect(response.headers.get('set-cookie')).toMatch(/^toolbox_session=; .*1970/)
  })

  test.each([
    ['nothing that vouches for it', {}, 403],
    ['an Origin elsewhere', { origin: 'https://elsewhere.example' }, 403],
    ['an Origin that is null', { origin: 'null' }, 403],
    ['a cross-site request', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbouring site', { 'sec-fetch-site': 'same-site' }, 403],
    ['the header', { 'x-toolbox-csrf': '1' }, 200],
    ['a page of ours, as the browser says', { 'sec-fetch-site': 'same-origin' }, 200],
    ['our own Origin', { origin: 'self' }, 200],
  ])('that changes something with %s is answered %s', async (_name, headers, status) => {
    const own = 'origin' in headers && headers.origin === 'self' ? { origin: running.address } : {}
    const before = running.audited.length
    const response = await request('POST', '/api/auth/logout', { ...cookie, ...headers, ...own })
    expect(response.status).toBe(status)
    if (status === 403) {
      expect(await response.json()).toMatchObject({ code: 'request_forged' })
      expect(running.audited.slice(before)).toMatchObject([
        { operation: 'auth.logout', outcome: 'refused', code: 'request_forged', caller: { name: 'ada' } },
      ])
    }
  })

  test('is not needed by an API token, which no browser adds by itself', async () => {
    const headers = { ...admin, ...cookie, origin: 'https://elsewhere.example' }
    expect((await request('POST', '/api/auth/logout', headers)).status).toBe(200)
  })
})

describe('behind a proxy', () => {
  test('the public address counts as our own origin', async () => {
    const proxied = await startTestServer({
      options: {
        cookieSecure: false,
        bodyLimitBytes: 10_000,
        trustProxy: false,
        publicUrl: 'https://toolbox.example/ui',
        accessLog: true,
        checkOutputs: true,
      },
    })
    const response = await fetch(`${proxied.address}/api/auth/logout?`, {
      method: 'POST',
      headers: { cookie: 'toolbox_session=session-of-ada', origin: 'https://toolbox.example' },
    })
    expect(response.status).toBe(200)
    expect(proxied.logged).toContainEqual({
      level: 'debug',
      message: 'request',
      fields: expect.objectContaining({ operation: 'auth.logout', path: '/api/auth/logout', status: 200 }),
    })
    await proxied.server.close(1000)
  })
})
