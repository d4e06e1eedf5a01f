const HEAD_END = '\r\n\r\n'

/**
 * Splits a keep-alive connection's bytes into responses and calls `onResponse(status)` at the last byte of each.
 * Reads only what a load generator must know: the status and `content-length`.
 */
export function createResponseReader(onResponse: (status: number) => void): (chunk: Buffer) => void {
  let head: Buffer | undefined
  let status = 0
  let bodyLeft = 0

  return (chunk) => {
    let rest = chunk
    while (rest.length > 0) {
      if (bodyLeft > 0) {
        const taken = Math.min(bodyLeft, rest.length)
        rest = rest.subarray(taken)
        bodyLeft -= taken
      } else {
        if (head !== undefined) rest = Buffer.concat([head, rest])
        const end = rest.indexOf(HEAD_END)
        head = end < 0 ? rest : undefined
        if (end < 0) return
        const text = rest.toString('latin1', 0, end)
        status = Number(text.slice(9, 12))
        bodyLeft = contentLength(text)
        rest = rest.subarray(end + HEAD_END.length)
      }
      if (bodyLeft === 0) onResponse(status)
    }
  }
}

function contentLength(head: string): number {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`The response has no content-length:\n${head}`)
  return Number(length)
}
