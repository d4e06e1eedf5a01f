import { readEscape } from './read-escape.ts'
import { readGroup } from './read-group.ts'
import { readQuantifier } from './read-quantifier.ts'
import { readSet } from './read-set.ts'
import type { Part, Surroundings, Token } from './token.ts'

/** The tokens of a pattern that the engine has accepted; their texts, put together, are the pattern. */
export function tokenize(pattern: string, flags: string): Token[] {
  const around = surroundingsOf(pattern, flags)
  const tokens: Token[] = []
  let depth = 0
  let captures = 0
  let at = 0

  const push = (part: Part) => {
    tokens.push({ ...part, start: at, end: at + part.text.length, depth })
    at += part.text.length
  }

  while (at < pattern.length) {
    const quantifier = readQuantifier(pattern, at)
    if (quantifier) {
      separateLast(tokens, around)
      push(quantifier)
      continue
    }
    const part = readPart(pattern, at, captures + 1, around)
    if (part.kind === 'groupEnd') depth--
    if (part.capture) captures++
    const last = tokens.at(-1)
    if (part.kind === 'literal' && last?.kind === 'literal') {
      at += part.text.length
      tokens[tokens.length - 1] = literal(last, last.text + part.text)
    } else push(part)
    if (part.kind === 'group' || part.kind === 'lookaround') depth++
  }
  return tokens
}

function readPart(pattern: string, at: number, nextCapture: number, around: Surroundings): Part {
  const character = pattern[at] as string
  switch (character) {
    case '\\':
      return readEscape(pattern, at, around)
    case '[':
      return readSet(pattern, at, around)
    case '(':
      return readGroup(pattern, at, nextCapture)
    case ')':
      return { text: ')', kind: 'groupEnd', meaning: 'end of the group' }
    case '|':
      return { text: '|', kind: 'alternation', meaning: 'or' }
    case '.':
      return { text: '.', kind: 'any', meaning: `any character${around.dotAll ? '' : ' but a line end'}` }
    case '^':
      return { text: '^', kind: 'anchor', meaning: `start of ${around.multiline ? 'a line' : 'the text'}` }
    case '$':
      return { text: '$', kind: 'anchor', meaning: `end of ${around.multiline ? 'a line' : 'the text'}` }
    default: {
      const text = around.unicode ? String.fromCodePoint(pattern.codePointAt(at) as number) : character
      return { text, kind: 'literal', meaning: meaningOf(text) }
    }
  }
}

/** A quantifier repeats the last character alone, not the word before it. */
function separateLast(tokens: Token[], { unicode }: Surroundings): void {
  const last = tokens.at(-1)
  if (last?.kind !== 'literal') return
  const characters = unicode ? [...last.text] : last.text.split('')
  const repeated = characters.pop() as string
  if (characters.length === 0) return
  const before = literal(last, characters.join(''))
  tokens[tokens.length - 1] = before
  tokens.push({ ...literal(last, repeated), start: before.end, end: last.end })
}

function literal(token: Token, text: string): Token {
  return { ...token, text, end: token.start + text.length, meaning: meaningOf(text) }
}

function meaningOf(text: string): string {
  return text === ' ' ? 'a space' : `the text “${text}”`
}

function surroundingsOf(pattern: string, flags: string): Surroundings {
  const sets = flags.includes('v')
  const openings = pattern
    .replace(/\\./gs, '')
    .replace(sets ? /$^/ : /\[[^\]]*\]/g, '')
    .match(/\((?!\?)|\(\?<(?![=!])/g)
  return {
    unicode: sets || flags.includes('u'),
    sets,
    multiline: flags.includes('m'),
    dotAll: flags.includes('s'),
    captures: openings?.length ?? 0,
    hasNames: openings?.some((opening) => opening !== '(') ?? false,
  }
}
