import { connect } from 'node:net'

/** Sends bytes as they are and reads the answer to its end, for what no HTTP client would send. */
export function sendRaw(
  address: string,
  bytes: string,
): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(address)
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; head: string; body: string }>()
  const socket = connect(Number(port), hostname, () => socket.write(bytes))
  let text = ''
  socket.setEncoding('utf8')
  socket.on('data', (chunk) => {
    text += chunk
  })
  socket.on('error', reject)
  socket.on('close', () => {
    const [head = '', body = ''] = text.split('\r\n\r\n', 2)
    resolve({ status: Number(head.split(' ')[1]), head, body })
  })
  return promise
}
