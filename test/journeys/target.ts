import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Target extends AsyncDisposable {
  readonly url: string
}

/** Something to probe: answers at once, at `/slow` after a while. */
export async function startTarget(): Promise<Target> {
  const server = createServer(async ({ url }, response) => {
    if (url === '/slow') await sleep(400)
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
