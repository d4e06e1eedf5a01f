import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TemporaryDirectory, temporaryDirectory } from '../../../../test/support/temporary.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'
import { readWebApp } from './web-app.ts'

const script = 'console.log("the app")'

describe('the web app', () => {
  let directory: TemporaryDirectory
  let test: TestServer

  beforeAll(async () => {
    directory = await temporaryDirectory()
    const at = (path: string) => join(directory.path, path)
    await mkdir(at('assets'))
    await writeFile(at('index.html'), '<title>the page</title>')
    await writeFile(at('assets/index-1a2b.js'), script)
    await writeFile(at('assets/index-1a2b.js.br'), brotliCompressSync(script))
    await writeFile(at('assets/index-1a2b.js.gz'), gzipSync(script))
    await writeFile(at('.built'), 'a stamp')
    test = await startTestServer({ webApp: readWebApp(directory.path) })
  })
  afterAll(async () => {
    await test.server.close(0)
    await directory[Symbol.asyncDispose]()
  })
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${test.address}${path}`, { headers })
  /** The answer as it travels, still compressed. */
  const encodingOf = (path: string, accepted: string) =>
    new Promise((resolve, reject) => {
      const headers = { 'accept-encoding': accepted }
      request(`${test.address}${path}`, { headers }, (answer) => {
        answer.resume()
        resolve(answer.headers['content-encoding'] ?? 'identity')
      })
        .on('error', reject)
        .end()
    })

  it.each(['/', '/login', '/jobs', '/jobs/1', '/toolkits', '/toolkits/regex'])('is at %s', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('the page')
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  it.each([
    '/jobs/1/2',
    '/elsewhere',
    '/index.html',
    '/.built',
    '/assets/../.built',
    '/assets/none.js',
    '/api/none',
  ])('is not at %s', async (path) => expect((await get(path)).status).toBe(404))

  it('says to a browser in the app itself that nothing is at an address', async () => {
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const answer = await get('/elsewhere/1?x=1', browser)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(await answer.text()).toContain('the page')
    const etag = answer.headers.get('etag') ?? ''
    expect((await get('/elsewhere', { ...browser, 'if-none-match': etag })).status).toBe(404)
  })

  it.each(['/api/none', '/assets/none.js', '/toolkit-assets/none'])(
    'keeps the plain refusal for programs, at %s even in a browser',
    async (path) => {
      const answer = await get(path, { accept: 'text/html' })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    },
  )

  it('allows no inline script, no code made from text and no other origin', async () => {
    const policy = (await get('/jobs')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  it('lets files whose name changes with their content be kept for ever', async () => {
    const answer = await get('/assets/index-1a2b.js')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await answer.text()).toBe(script)
  })

  it('answers 304 to who has the present one', async () => {
    const etag = (await get('/jobs')).headers.get('etag') ?? ''
    expect((await get('/toolkits', { 'if-none-match': etag })).status).toBe(304)
  })

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', 'identity'],
  ])('sends %s as %s', async (accepted, sent) => {
    expect(await encodingOf('/assets/index-1a2b.js', accepted)).toBe(sent)
  })

  it('is absent when it was not built', async () => {
    await using empty = await temporaryDirectory()
    expect(readWebApp(empty.path)).toBeNull()
  })
})
