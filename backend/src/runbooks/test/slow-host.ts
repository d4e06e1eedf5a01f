import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A host on loopback that answers at once, or not before it is let go. */
export async function slowHost() {
  const held: ServerResponse[] = []
  let holds = false
  const server = createServer((_request, response) => {
    if (holds) held.push(response)
    else response.end('here')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hold() {
      holds = true
    },
    letGo() {
      holds = false
      for (const response of held.splice(0)) response.end('late')
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
