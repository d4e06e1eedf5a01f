import type { Token } from './token.ts'

export interface Warning {
  readonly start: number
  readonly end: number
  readonly message: string
}

interface OpenGroup {
  readonly start: number
  varies: boolean
}

const manyTimes = 10
const message =
  'repeats a part that itself may take more or less: a text that almost matches can take exponential time'

/** Groups that repeat and hold something that repeats: the usual way for a pattern to run away. */
export function findWarnings(tokens: readonly Token[]): Warning[] {
  const warnings: Warning[] = []
  const open: OpenGroup[] = [{ start: 0, varies: false }]
  tokens.forEach((token, index) => {
    const innermost = open.at(-1) as OpenGroup
    if (token.kind === 'group' || token.kind === 'lookaround')
      open.push({ start: token.start, varies: false })
    else if (token.kind === 'groupEnd') {
      open.pop()
      const next = tokens[index + 1]
      if (innermost.varies && next?.repeats && next.repeats.max >= manyTimes) {
        warnings.push({ start: innermost.start, end: next.end, message })
      }
      if (innermost.varies) (open.at(-1) as OpenGroup).varies = true
    } else if (token.repeats && token.repeats.max > Math.max(1, token.repeats.min)) innermost.varies = true
  })
  return warnings
}
