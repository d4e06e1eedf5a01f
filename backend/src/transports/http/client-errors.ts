import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ToolboxError } from '../../kernel/errors.ts'
import type { Ids } from '../../kernel/ids.ts'
import { apiHeaders } from './headers.ts'
import { toProblem } from './problem.ts'

/** Answers what Node's HTTP parser refuses; there is no request to speak of, only a socket. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex, ids: Ids): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const refusal = refusalOf(error.code)
  const body = JSON.stringify(toProblem(refusal, '', ids()))
  const headers = {
    ...apiHeaders,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${head.join('')}\r\n${body}`,
    () => socket.destroy(),
  )
}

function refusalOf(code: string | undefined): ToolboxError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ToolboxError(
        'too_large',
        'The address and headers are too long together. Send a shorter query.',
      )
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ToolboxError('validation_failed', 'The request did not arrive in time. Send it again.')
    default:
      return new ToolboxError('validation_failed', 'This is not a valid HTTP request.')
  }
}
