import { compile } from './compile.ts'
import type { Token } from './token.ts'
import { tokenize } from './tokenize.ts'
import { findWarnings, type Warning } from './warnings.ts'

export interface ExplainInput {
  readonly pattern: string
  readonly flags: string
}

export interface Explanation {
  readonly tokens: readonly Omit<Token, 'capture' | 'repeats'>[]
  readonly groups: readonly {
    number: number
    name: string | null
    start: number
    end: number
    text: string
  }[]
  readonly flags: readonly { flag: string; meaning: string }[]
  readonly warnings: readonly Warning[]
}

const flagMeanings: Readonly<Record<string, string>> = {
  d: 'tells the places of groups',
  g: 'finds all matches, not just the first',
  i: 'takes capital and small letters as the same',
  m: '^ and $ are the ends of every line',
  s: '. takes line ends too',
  u: 'reads the text as Unicode characters',
  v: 'reads the text as Unicode characters, and sets may hold sets',
  y: 'matches only where the last match ended',
}

export function explain({ pattern, flags }: ExplainInput): Explanation {
  compile(pattern, flags)
  const tokens = tokenize(pattern, flags)
  return {
    tokens: tokens.map(({ capture, repeats, ...token }) => token),
    groups: groupsOf(pattern, tokens),
    flags: [...flags].map((flag) => ({ flag, meaning: flagMeanings[flag] ?? '' })),
    warnings: findWarnings(tokens),
  }
}

function groupsOf(pattern: string, tokens: readonly Token[]): Explanation['groups'] {
  return tokens.flatMap(({ capture, start, depth }) => {
    if (!capture) return []
    const close = tokens.find(
      (token) => token.kind === 'groupEnd' && token.start > start && token.depth === depth,
    )
    const end = close?.end ?? pattern.length
    return [{ ...capture, start, end, text: pattern.slice(start, end) }]
  })
}
