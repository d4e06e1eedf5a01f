import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ToolboxError } from '../../kernel/errors.ts'
import type { UiFileRequest } from '../../toolkits/index.ts'
import { startTestServer, type TestServer, userToken } from './testing/test-server.ts'

const script = 'export const toolkitUi = { pages: [] }'

describe("toolkits' assets", () => {
  let test: TestServer
  const asked: UiFileRequest[] = []

  beforeAll(async () => {
    test = await startTestServer({
      async toolkitUiFile(request) {
        asked.push(request)
        if (request.digest !== 'd1')
          throw new ToolboxError('not_found', 'one 1.0.0 is in use, with the digest d1.')
        return Buffer.from(script)
      },
    })
  })
  afterAll(() => test.server.close(0))

  const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${userToken}` }) =>
    fetch(`${test.address}/toolkit-assets/${path}`, { headers })

  it('are kept for good by the browser alone, with their types and the policy of the app', async () => {
    const answer = await get('one/d1/dist/ui/index.js')
    expect(await answer.text()).toBe(script)
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'")
    const plain = await get('one/d1/dist/ui/a.bin')
    expect(plain.headers.get('content-type')).toBe('application/octet-stream')
  })

  it('travel compressed when they are text and the browser can read that', async () => {
    const headers = { authorization: `Bearer ${userToken}` }
    const encodingOf = async (path: string, accepted: string) => {
      const asking = request(`${test.address}/toolkit-assets/one/d1/${path}`, {
        headers: { ...headers, 'accept-encoding': accepted },
      }).end()
      const [answer] = (await once(asking, 'response')) as [IncomingMessage]
      answer.resume()
      return answer.headers['content-encoding']
    }
    expect(await encodingOf('dist/ui/index.js', 'gzip, br')).toBe('br')
    expect(await encodingOf('dist/ui/index.js', 'gzip')).toBeUndefined()
    expect(await encodingOf('dist/ui/image.png', 'br')).toBeUndefined()
  })

  it('are asked for by slug, digest and path, as they are written', async () => {
    asked.length = 0
    await get('one/d1/dist/ui/..%2f..%2ftoolkit.json?attempt=1')
    expect(asked).toEqual([{ slug: 'one', digest: 'd1', path: 'dist/ui/../../toolkit.json' }])
  })

  it('are for those who may see the toolkit', async () => {
    const answer = await get('one/d1/dist/ui/index.js', {})
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'not_signed_in' })
  })

  it('say why they are not there', async () => {
    const answer = await get('one/d2/dist/ui/index.js')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toMatchObject({
      code: 'not_found',
      detail: expect.stringContaining('digest d1'),
    })
  })
})
