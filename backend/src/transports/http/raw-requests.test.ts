import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendRaw } from './testing/raw-request.ts'
import { adminToken, startTestServer, type TestServer } from './testing/test-server.ts'

let running: TestServer
beforeAll(async () => {
  running = await startTestServer()
})
afterAll(() => running.server.close(1000))

const admin = { authorization: `Bearer ${adminToken}` }

describe('what no HTTP client would send', () => {
  const rest = 'Host: x\r\nConnection: close\r\n\r\n'
  test.each([
    ['bytes that are not HTTP', 'nonsense\r\n\r\n', 400, 'validation_failed'],
    ['a header without a name', `GET /api/jobs HTTP/1.1\r\n: x\r\n${rest}`, 400, 'validation_failed'],
    [
      'headers without end',
      `GET /api/jobs HTTP/1.1\r\nX: ${'x'.repeat(40_000)}\r\n${rest}`,
      413,
      'too_large',
    ],
    ['an address without end', `GET /api/jobs?q=${'x'.repeat(40_000)} HTTP/1.1\r\n${rest}`, 413, 'too_large'],
    ['an exotic method', `PROPFIND /api/jobs HTTP/1.1\r\n${rest}`, 405, 'method_not_allowed'],
    ['a bare percent sign', `GET /api/jobs/%/events HTTP/1.1\r\n${rest}`, 400, 'validation_failed'],
    ['an absolute address', `GET http://x/api/nothing HTTP/1.1\r\n${rest}`, 404, 'not_found'],
    [
      'a body that is too large, without its length',
      `POST /api/jobs HTTP/1.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nHost: x\r\n\r\n5000\r\n${' '.repeat(0x5000)}\r\n`,
      413,
      'too_large',
    ],
  ])('%s', async (_name, bytes, status, code) => {
    const answer = await sendRaw(running.address, bytes)
    expect(answer.status).toBe(status)
    expect(answer.head).toMatch(/content-type: application\/problem\+json/i)
    expect(JSON.parse(answer.body)).toMatchObject({ status, code })
  })
})

describe('methods beside the declared ones', () => {
  test('HEAD answers as GET does, without a body', async () => {
    const response = await fetch(`${running.address}/api/jobs`, { method: 'HEAD', headers: admin })
    expect(response.status).toBe(200)
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(0)
    expect(await response.text()).toBe('')
  })

  test('OPTIONS says what is offered, and lets no other origin in', async () => {
    const response = await fetch(`${running.address}/api/jobs`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})
