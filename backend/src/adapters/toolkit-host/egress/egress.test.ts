import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Egress, EgressRequest } from '../../../toolkits/ports.ts'
import { createEgress } from './index.ts'

const certificate = new URL('./test/loopback-certificate.pem', import.meta.url)
const logger = { debug() {}, info() {}, warn() {}, error() {} }
const root = mkdtempSync(join(tmpdir(), 'toolbox-egress-'))
const seen: { method: string; url: string; headers: Record<string, unknown>; body: string }[] = []
let plain: Server
let secure: Server
let egress: Egress
let origin: string
let secureOrigin: string

const pages: Record<string, RequestListener> = {
  '/hello': (_request, response) => response.setHeader('x-a', '1').end('hello'),
  '/slow': (_request, response) => void setTimeout(() => response.end('slow'), 200),
  '/trickle': (_request, response) => {
    response.write('a')
    setTimeout(() => response.end('b'), 200)
  },
  '/never': () => {},
  '/large': (_request, response) => response.end('x'.repeat(100_000)),
  '/gzip': (_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('packed')),
  '/br': (_request, response) =>
    response.setHeader('content-encoding', 'br').end(brotliCompressSync('packed')),
  '/deflate': (_request, response) =>
    response.setHeader('content-encoding', 'deflate').end(deflateSync('packed')),
  '/bomb': (_request, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(200 * 1024 ** 2))),
  '/latin': (_request, response) =>
    response.setHeader('content-type', 'text/plain; charset=iso-8859-1').end(Buffer.from([0xe9])),
  '/cut': (_request, response) =>
    void response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy()),
  '/to-hello': (_request, response) => response.writeHead(302, { location: '/hello' }).end(),
  '/to-other': (_request, response) => response.writeHead(307, { location: `${secureOrigin}/hello` }).end(),
  '/to-metadata': (_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  '/to-file': (_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/loop': (_request, response) => response.writeHead(302, { location: '/loop' }).end(),
}

const answer: RequestListener = async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
  const page = pages[request.url ?? '']
  if (page) page(request, response)
  else response.writeHead(404).end('no such page')
}

const listen = (server: Server) =>
  new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  )

beforeAll(async () => {
  plain = createServer(answer)
  const key = readFileSync(new URL('./test/loopback-key.pem', import.meta.url))
  secure = createTlsServer({ key, cert: readFileSync(certificate) }, answer)
  origin = `http://127.0.0.1:${await listen(plain)}`
  secureOrigin = `https://localhost:${await listen(secure)}`
  egress = createEgress({
    storageDirectory: root,
    runDirectory: join(root, 'run'),
    logger,
    environment: { NODE_EXTRA_CA_CERTS: fileURLToPath(certificate) },
  })
})

afterAll(async () => {
  await egress.close()
  plain.close()
  secure.close()
  rmSync(root, { recursive: true, force: true })
})

const never = new AbortController().signal

function get(url: string, options: Partial<EgressRequest> = {}, signal = never) {
  return egress.request(
    {
      url,
      method: 'GET',
      headers: {},
      body: null,
      timeoutMs: 5000,
      maxBodyBytes: 1024 ** 2,
      allowed: ['*'],
      maxRedirects: 5,
      freshConnection: false,
      ...options,
    },
    signal,
  )
}

test('an answer comes with status, headers, body and the address it came from', async () => {
  expect(await get(`${origin}/hello`)).toMatchObject({
    status: 200,
    headers: { 'x-a': '1' },
    body: 'hello',
    bodyBytes: 5,
    truncated: false,
    url: `${origin}/hello`,
    remoteAddress: '127.0.0.1',
  })
  expect(await get(`${origin}/nowhere`)).toMatchObject({ status: 404, body: 'no such page' })
})

test('method, headers and body are sent, but headers of the connection are ours', async () => {
  seen.length = 0
  await get(`${origin}/hello`, {
    method: 'post',
    headers: { 'X-Token': 't', 'Transfer-Encoding': 'chunked', 'content-length': '1' },
    body: 'grüße',
  })
  expect(seen).toMatchObject([
    { method: 'POST', body: 'grüße', headers: { 'x-token': 't', 'content-length': '7' } },
  ])
  expect(seen[0]?.headers).not.toHaveProperty('transfer-encoding')
})

test('a fresh connection measures every phase, over TLS too', async () => {
  const overTls = await get(`${secureOrigin}/slow`, { freshConnection: true })
  expect(overTls.timings).toEqual({
    dns: expect.any(Number),
    connect: expect.any(Number),
    tls: expect.any(Number),
    firstByte: expect.any(Number),
    download: expect.any(Number),
    total: expect.any(Number),
  })
  const { dns, connect, tls, firstByte, download, total } = overTls.timings
  expect(firstByte).toBeGreaterThanOrEqual(195)
  expect(download).toBeLessThan(firstByte)
  const sum = (dns ?? 0) + (connect ?? 0) + (tls ?? 0) + firstByte + download
  expect(Math.abs(total - sum)).toBeLessThan(50)

  const plainText = await get(`${origin}/trickle`, { freshConnection: true })
  expect(plainText.timings).toMatchObject({ dns: null, connect: expect.any(Number), tls: null })
  expect(plainText.timings.download).toBeGreaterThanOrEqual(195)
})

test('a connection that is used again has no phases of its own', async () => {
  await get(`${secureOrigin}/hello`)
  expect((await get(`${secureOrigin}/hello`)).timings).toMatchObject({ dns: null, connect: null, tls: null })
})

test.each(['gzip', 'br', 'deflate'])('a body packed with %s is unpacked', async (encoding) => {
  expect(await get(`${origin}/${encoding}`)).toMatchObject({ body: 'packed', bodyBytes: 6 })
  expect(await get(`${origin}/${encoding}`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
})

test('a body is cut at its limit, before and after unpacking', async () => {
  expect(await get(`${origin}/large`, { maxBodyBytes: 10 })).toMatchObject({
    body: 'x'.repeat(10),
    bodyBytes: 10,
    truncated: true,
  })
  expect(await get(`${origin}/large`, { maxBodyBytes: 100_000 })).toMatchObject({
    bodyBytes: 100_000,
    truncated: false,
  })
  expect(await get(`${origin}/bomb`, { maxBodyBytes: 1000 })).toMatchObject({
    bodyBytes: 1000,
    truncated: true,
  })
})

test('a body is read in the character set it names', async () => {
  expect((await get(`${origin}/latin`)).body).toBe('é')
})

test('redirects are followed, returned as they are when asked, and bounded', async () => {
  expect(await get(`${origin}/to-hello`)).toMatchObject({ status: 200, url: `${origin}/hello` })
  expect(await get(`${origin}/to-hello`, { maxRedirects: 0 })).toMatchObject({
    status: 302,
    headers: { location: '/hello' },
  })
  await expect(get(`${origin}/loop`, { maxRedirects: 3 })).rejects.toThrow('redirects more than 3 times')
})

test('credentials and bodies go to the origin they were given for', async () => {
  seen.length = 0
  await get(`${origin}/to-other`, { headers: { Authorization: 'Bearer t', Cookie: 'a=b', 'X-Kept': '1' } })
  await get(`${origin}/to-hello`, { method: 'POST', body: 'secret', headers: { authorization: 'Bearer t' } })
  const [, crossed, , same] = seen
  expect(crossed?.headers).toMatchObject({ 'x-kept': '1' })
  expect(crossed?.headers).not.toHaveProperty('authorization')
  expect(crossed?.headers).not.toHaveProperty('cookie')
  expect(same).toMatchObject({ method: 'GET', body: '', headers: { authorization: 'Bearer t' } })
})

test('only declared hosts and ports are reached, on redirects as well', async () => {
  const { host } = new URL(origin)
  const port = host.split(':')[1]
  for (const allowed of [[host], ['*'], ['*:*'], [`*:${port}`], ['127.0.0.1:*'], ['other:1', host]]) {
    expect(await get(`${origin}/hello`, { allowed })).toMatchObject({ status: 200 })
  }
  for (const allowed of [[], ['127.0.0.1:1'], ['localhost:*'], [`127.0.0.10:${port}`], ['127.0.0.1']]) {
    await expect(get(`${origin}/hello`, { allowed })).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringContaining('permissions.network'),
    })
  }
  seen.length = 0
  await expect(get(`${origin}/to-other`, { allowed: [host] })).rejects.toThrow('may not connect to localhost')
  expect(seen.map(({ url }) => url)).toEqual(['/to-other'])
})

test.each([
  'http://169.254.169.254/latest/meta-data',
  'http://169.254.0.1:8080/',
  'http://2852039166/',
  'http://0xA9.0xFE.0xA9.0xFE/',
  'http://0251.0376.0251.0376/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/latest',
  'http://[fd00:0ec2:0:0:0:0:0:0254]/',
])('the metadata address %s is refused whatever is declared', async (url) => {
  await expect(get(url, { timeoutMs: 1000 })).rejects.toMatchObject({
    details: { reason: 'metadata_address' },
  })
})

test('a redirect to a metadata address or to a file is refused', async () => {
  await expect(get(`${origin}/to-metadata`)).rejects.toMatchObject({
    details: { reason: 'metadata_address' },
  })
  await expect(get(`${origin}/to-file`)).rejects.toThrow('file:// is not offered')
})

test('what goes wrong on the way is told in words, with the word of the system', async () => {
  const closed = createServer()
  const port = await listen(closed)
  await new Promise((resolve) => closed.close(resolve))
  await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({
    code: 'unavailable',
    message: `127.0.0.1:${port} refused the connection.`,
    details: { reason: 'ECONNREFUSED' },
  })
  await expect(get('http://name.invalid/')).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('name.invalid could not be resolved'),
  })
  await expect(get(`${origin.replace('http:', 'https:')}/`)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(get(`${origin}/cut`)).rejects.toMatchObject({ code: 'unavailable' })
  await expect(get('not a url')).rejects.toMatchObject({ code: 'validation_failed' })
  await expect(get(origin, { headers: { 'bad name': '1' } })).rejects.toMatchObject({
    code: 'validation_failed',
  })
  await expect(get(origin, { maxBodyBytes: 1e9 })).rejects.toMatchObject({ code: 'validation_failed' })
  await expect(get(`${origin}/never`, { timeoutMs: 100 })).rejects.toMatchObject({
    code: 'timed_out',
    message: `${origin}/never did not answer within 100 ms.`,
  })
})

test('a certificate that is not trusted is refused', async () => {
  const untrusting = createEgress({ storageDirectory: root, runDirectory: join(root, 'run'), logger })
  const trusting = egress
  egress = untrusting
  try {
    await expect(get(`${secureOrigin}/hello`)).rejects.toMatchObject({
      details: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
  } finally {
    egress = trusting
    await untrusting.close()
  }
})

test('abort ends a request at once, under way or waiting', async () => {
  const controller = new AbortController()
  const requests = Array.from({ length: 100 }, () => get(`${origin}/never`, {}, controller.signal))
  const outcomes = Promise.allSettled(requests)
  setTimeout(() => controller.abort(new Error('enough')), 100)
  for (const outcome of await outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'enough' } })
  expect(await get(`${origin}/hello`)).toMatchObject({ status: 200 })
})

test('more requests than may run at once wait for their turn, and all are answered', async () => {
  const all = await Promise.all(Array.from({ length: 300 }, () => get(`${origin}/hello`)))
  expect(all.every(({ status }) => status === 200)).toBe(true)
})
