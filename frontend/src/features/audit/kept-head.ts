export interface Head {
  readonly seq: number
  readonly hash: string
}

/** As people keep it: one line, `1234:9f86…`. */
export function writeHead({ seq, hash }: Head): string {
  return `${seq}:${hash}`
}

/** Also reads a line of an exported log. Null when it is neither. */
export function parseHead(text: string): Head | null {
  const [, seq, hash] = /^\s*([1-9]\d{0,14})\s*:\s*([0-9a-f]{64})\s*$/i.exec(lineAsHead(text) ?? text) ?? []
  return seq && hash ? { seq: Number(seq), hash: hash.toLowerCase() } : null
}

function lineAsHead(text: string): string | null {
  try {
    const { seq, hash } = JSON.parse(text)
    return `${seq}:${hash}`
  } catch {
    return null
  }
}
