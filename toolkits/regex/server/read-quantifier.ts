import type { Part } from './token.ts'

/** A quantifier at `at`, or null: a brace may be an ordinary character. */
export function readQuantifier(pattern: string, at: number): Part | null {
  const found = /^(?:[*+?]|\{(\d+)(,(\d*))?\})\??/.exec(pattern.slice(at))
  if (!found) return null
  const [text, least, comma, most] = found
  const symbol = text[0]
  const min = least === undefined ? (symbol === '+' ? 1 : 0) : Number(least)
  const max = maxOf(symbol, min, comma, most)
  const isLazy = text.length > 1 && text.endsWith('?')
  const way = min === max ? '' : isLazy ? ', as few as possible' : ', as many as possible'
  return { text, kind: 'quantifier', meaning: `${describeTimes(min, max)}${way}`, repeats: { min, max } }
}

function maxOf(symbol: string | undefined, min: number, comma?: string, most?: string): number {
  if (symbol === '?') return 1
  if (symbol !== '{') return Number.POSITIVE_INFINITY
  if (comma === undefined) return min
  return most ? Number(most) : Number.POSITIVE_INFINITY
}

function describeTimes(min: number, max: number): string {
  if (min === max) return `exactly ${min} times`
  if (max === Number.POSITIVE_INFINITY) return `${min} or more times`
  return `${min} to ${max} times`
}
