import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createStage } from '../stage.ts'
import { httpRequest, runLoad } from './load.ts'

async function serve(handler: RequestListener): Promise<number> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function openStage() {
  const stage = createStage()
  onTestFinished(() => stage.close())
  return stage
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

test('the load sends exactly the requests it was asked for, whole, over kept-alive connections', async () => {
  const seen: string[] = []
  const sockets = new Set<unknown>()
  const port = await serve(async (request, response) => {
    sockets.add(request.socket)
    seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${await bodyOf(request)}`)
    response.writeHead(202, { 'content-length': 2 }).end('ok')
  })
  const request = httpRequest('POST', '/jobs', { authorization: 'Bearer t' }, { name: 'é' })
  const report = await runLoad(openStage(), {
    port,
    request,
    connections: 4,
    requests: 50,
    expectStatus: 202,
  })
  expect(report.responses).toBe(50)
  expect(seen).toEqual(Array.from({ length: 50 }, () => 'POST /jobs Bearer t {"name":"é"}'))
  expect(sockets.size).toBe(4)
})

test('a load limited by time ends', async () => {
  const port = await serve((_, response) => response.writeHead(200, { 'content-length': 0 }).end())
  const request = httpRequest('GET', '/')
  const report = await runLoad(openStage(), {
    port,
    request,
    connections: 2,
    milliseconds: 100,
    expectStatus: 200,
  })
  expect(report.seconds).toBeGreaterThanOrEqual(0.1)
  expect(report.responses).toBeGreaterThan(0)
})

test('a server that answers anything but the expected status fails the measurement', async () => {
  const port = await serve((_, response) => response.writeHead(503, { 'content-length': 0 }).end())
  const load = runLoad(openStage(), {
    port,
    request: httpRequest('GET', '/'),
    connections: 1,
    requests: 3,
    expectStatus: 200,
  })
  await expect(load).rejects.toThrow('{"503":3}')
})
