import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adminToken, startTestServer, type TestServer, userToken } from './testing/test-server.ts'

let running: TestServer
beforeAll(async () => {
  running = await startTestServer()
})
afterAll(() => running.server.close(1000))

const json = { 'content-type': 'application/json' }
const admin = { authorization: `Bearer ${adminToken}` }
const id = '018f0000-0000-7000-8000-000000000000'

interface Case {
  readonly name: string
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly status: number
  readonly code: string
  readonly detail?: string | RegExp
  readonly extra?: object
}

function submit(body: string): Pick<Case, 'method' | 'path' | 'headers' | 'body'> {
  return { method: 'POST', path: '/api/jobs', headers: { ...admin, ...json }, body }
}

const cases: Case[] = [
  { name: 'an unknown route', path: '/api/nothing', status: 404, code: 'not_found', detail: '/api/docs' },
  {
    name: 'the root, until there is a web app',
    path: '/',
    status: 404,
    code: 'not_found',
    detail: '/api/docs',
  },
  {
    name: 'an unknown route with a body that is not JSON',
    method: 'POST',
    path: '/api/nothing',
    headers: json,
    body: '{',
    status: 404,
    code: 'not_found',
  },
  {
    name: 'a method that is not offered, before its body is read',
    method: 'PUT',
    path: '/api/jobs',
    headers: { 'content-type': 'text/plain' },
    body: 'x',
    status: 405,
    code: 'method_not_allowed',
    extra: { allow: ['GET', 'HEAD', 'POST', 'OPTIONS'] },
  },
  { name: 'nobody', path: '/api/jobs', status: 401, code: 'not_signed_in' },
  {
    name: 'an invalid API token, even beside a valid cookie',
    path: '/api/auth/me',
    headers: { authorization: 'Bearer wrong', cookie: 'toolbox_session=session-of-ada' },
    status: 401,
    code: 'not_signed_in',
  },
  {
    name: 'an Authorization header of another scheme',
    path: '/api/auth/me',
    headers: { authorization: 'Basic YTpi', cookie: 'toolbox_session=session-of-ada' },
    status: 401,
    code: 'not_signed_in',
    detail: 'Bearer',
  },
  {
    name: 'a stale session',
    path: '/api/auth/me',
    headers: { cookie: 'toolbox_session=gone' },
    status: 401,
    code: 'not_signed_in',
  },
  {
    name: 'a caller without the role',
    path: '/api/audit/export',
    headers: { authorization: `Bearer ${userToken}` },
    status: 403,
    code: 'role_missing',
    extra: { requiredRole: 'system.admin' },
  },
  {
    name: 'an unknown query field',
    path: '/api/jobs?colour=red',
    headers: admin,
    status: 400,
    code: 'validation_failed',
    detail: 'colour',
  },
  {
    name: 'a query field given twice',
    path: '/api/jobs?q=one&q=two',
    headers: admin,
    status: 400,
    code: 'validation_failed',
    extra: { errors: [{ path: 'q', message: expect.any(String) }] },
  },
  {
    name: 'a number out of range',
    path: '/api/jobs?limit=100000',
    headers: admin,
    status: 400,
    code: 'validation_failed',
  },
  {
    name: 'a polluting query field',
    path: '/api/jobs?__proto__=1',
    headers: admin,
    status: 400,
    code: 'validation_failed',
    detail: '__proto__',
  },
  {
    name: 'a NUL in the query',
    path: '/api/jobs?q=a%00b',
    headers: admin,
    status: 400,
    code: 'validation_failed',
    detail: 'NUL',
  },
  {
    name: 'an id that is none',
    method: 'POST',
    path: '/api/jobs/17/cancel',
    headers: { ...admin, ...json },
    body: '{}',
    status: 400,
    code: 'validation_failed',
    extra: { errors: [{ path: 'jobId', message: expect.any(String) }] },
  },
  {
    name: 'percent-encoding that is not valid',
    path: '/api/jobs/%E0%A4%A/cancel',
    status: 400,
    code: 'validation_failed',
    detail: 'percent-encoding',
  },
  {
    name: 'an endless path parameter',
    method: 'POST',
    path: `/api/jobs/${'x'.repeat(5000)}/cancel`,
    status: 413,
    code: 'too_large',
  },
  {
    name: 'another content type',
    method: 'POST',
    path: '/api/jobs',
    headers: { ...admin, 'content-type': 'application/xml' },
    body: '<a/>',
    status: 415,
    code: 'unsupported_media_type',
    detail: 'application/json',
  },
  {
    name: 'a content type that is none',
    method: 'POST',
    path: '/api/jobs',
    headers: { ...admin, 'content-type': ';;;' },
    body: '{}',
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    name: 'a body too large',
    ...submit(`"${'x'.repeat(20_000)}"`),
    status: 413,
    code: 'too_large',
    detail: '10000',
  },
  {
    name: 'JSON with a fault, by its place and without quoting it',
    ...submit('{\n  "toolkit": "a",\n  "password": hunter2\n}'),
    status: 400,
    code: 'validation_failed',
    detail: /line 3, column 15 should have a value\.$/,
    extra: { line: 3, column: 15 },
  },
  {
    name: 'a body that is a list',
    ...submit('[]'),
    status: 400,
    code: 'validation_failed',
    detail: 'JSON object',
  },
  { name: 'no body where one is needed', ...submit(''), status: 400, code: 'validation_failed' },
  {
    name: 'an unknown body field',
    ...submit('{"toolkit":"a","operation":"b","colour":1}'),
    status: 400,
    code: 'validation_failed',
    detail: 'colour',
  },
  {
    name: 'a polluting body',
    ...submit('{"toolkit":"a","operation":"b","input":{"x":{"__proto__":{"admin":true}}}}'),
    status: 400,
    code: 'validation_failed',
    extra: { errors: [{ path: 'input.x.__proto__', message: 'is not allowed as a name' }] },
  },
  {
    name: 'a polluting constructor',
    ...submit('{"toolkit":"a","operation":"b","input":{"constructor":{"prototype":{}}}}'),
    status: 400,
    code: 'validation_failed',
  },
  {
    name: 'nesting without end',
    ...submit(`{"toolkit":"a","operation":"b","input":{"x":${'['.repeat(4000)}${']'.repeat(4000)}}}`),
    status: 400,
    code: 'validation_failed',
    detail: 'levels deep',
  },
  {
    name: 'half a surrogate pair',
    ...submit('{"toolkit":"a","operation":"\\ud800"}'),
    status: 400,
    code: 'validation_failed',
    extra: { errors: [{ path: 'operation', message: expect.stringContaining('surrogate') }] },
  },
  {
    name: 'a number beyond doubles',
    ...submit('{"toolkit":"a","operation":"b","input":{"n":1e999}}'),
    status: 400,
    code: 'validation_failed',
  },
  {
    name: 'a field that the path gives already',
    method: 'DELETE',
    path: `/api/users/${id}/sessions/${id}`,
    headers: { ...admin, ...json },
    body: `{"userId":"${id}","summary":"tidy up"}`,
    status: 400,
    code: 'validation_failed',
    detail: 'userId',
  },
  {
    name: 'an idempotency key that only schedules make',
    method: 'POST',
    path: '/api/jobs',
    headers: { ...admin, ...json, 'idempotency-key': 'schedule:x:2026-01-01T00:00:00.000Z' },
    body: '{"toolkit":"a","operation":"b"}',
    status: 400,
    code: 'validation_failed',
    detail: 'those of schedules',
  },
  {
    name: 'a field given by header and body',
    method: 'POST',
    path: '/api/jobs',
    headers: { ...admin, ...json, 'idempotency-key': 'a' },
    body: '{"toolkit":"a","operation":"b","idempotencyKey":"b"}',
    status: 400,
    code: 'validation_failed',
    detail: 'idempotency-key',
  },
  {
    name: 'a query where a body belongs',
    method: 'POST',
    path: '/api/jobs?toolkit=a',
    headers: admin,
    status: 400,
    code: 'validation_failed',
    detail: 'JSON body',
  },
  {
    name: 'a refusal with its version',
    method: 'POST',
    path: `/api/jobs/${id}/cancel`,
    headers: admin,
    status: 409,
    code: 'conflict',
    extra: { currentVersion: 7 },
  },
  {
    name: 'a fault of ours, without its cause',
    path: '/api/jobs?q=crash',
    headers: admin,
    status: 500,
    code: 'internal',
  },
  {
    name: 'an id of an event that is none',
    path: `/api/jobs/${id}/events`,
    headers: { ...admin, 'last-event-id': 'x' },
    status: 400,
    code: 'validation_failed',
    detail: 'Last-Event-ID',
  },
  {
    name: 'the events of a job that is none',
    path: `/api/jobs/${id}/events`,
    headers: admin,
    status: 404,
    code: 'not_found',
  },
]

describe('a refused request is answered by a problem document', () => {
  test.each(cases)('$name', async ({ method = 'GET', path, headers, body, status, code, detail, extra }) => {
    const response = await fetch(running.address + path, {
      method,
      ...(headers ? { headers } : {}),
      ...(body === undefined ? {} : { body }),
    })
    const problem = (await response.json()) as Record<string, string>
    expect(problem).toMatchObject({
      type: `/problems/${code}`,
      title: expect.any(String),
      status,
      code,
      instance: path.split('?')[0],
      requestId: expect.any(String),
      ...extra,
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('cache-control')).toBe('no-store')
    if (detail) expect(problem.detail).toMatch(detail)
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|secret cause/)
  })

  test('405 names the methods that are offered', async () => {
    const response = await fetch(`${running.address}/api/auth/me`, { method: 'DELETE' })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  })

  test('a lockout says when to come back', async () => {
    const response = await fetch(`${running.address}/api/auth/login`, {
      method: 'POST',
      headers: json,
      body: '{"username":"ada","password":"wrong"}',
    })
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('30')
  })

  test('the cause of a fault of ours is logged under its request id', async () => {
    const response = await fetch(`${running.address}/api/jobs?q=crash`, { headers: admin })
    const { requestId } = (await response.json()) as { requestId: string }
    const entry = running.logged.find(({ fields }) => 'requestId' in fields && fields.requestId === requestId)
    expect(entry).toMatchObject({
      level: 'error',
      fields: { path: '/api/jobs', error: new Error('the secret cause') },
    })
  })

  test('an answer that breaks its contract fails loudly where outputs are checked', async () => {
    const response = await fetch(`${running.address}/api/jobs?q=leak`, { headers: admin })
    expect(response.status).toBe(500)
    expect(running.logged.at(-1)?.fields).toMatchObject({
      error: { message: expect.stringContaining('jobs.list answered with fields') },
    })
  })
})
