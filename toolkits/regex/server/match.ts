import { compile, matchesOf } from './compile.ts'
import { tokenize } from './tokenize.ts'

export interface MatchInput {
  readonly pattern: string
  readonly flags: string
  readonly text: string
  readonly limit: number
}

export interface Match {
  /** Places count UTF-16 code units from 0, as JavaScript does; `end` is behind the last. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly groups: readonly MatchGroup[]
}

export interface MatchGroup {
  readonly number: number
  readonly name: string | null
  /** Null when the group took no part in the match. */
  readonly text: string | null
  readonly start: number | null
  readonly end: number | null
}

export function match({ pattern, flags, text, limit }: MatchInput): { matches: Match[]; truncated: boolean } {
  const given = compile(pattern, flags)
  const expression = given.hasIndices ? given : new RegExp(given, `${flags}d`)
  const names = tokenize(pattern, flags).flatMap(({ capture }) => capture?.name ?? (capture ? [null] : []))
  const matches: Match[] = []
  for (const found of matchesOf(expression, text)) {
    if (matches.length === limit) return { matches, truncated: true }
    matches.push(toMatch(found, names))
  }
  return { matches, truncated: false }
}

/** `names` are those of the groups in their order. */
function toMatch(found: RegExpExecArray, names: readonly (string | null)[]): Match {
  const groups = found.slice(1).map((text: string | undefined, index) => {
    const [start, end] = found.indices?.[index + 1] ?? [null, null]
    return { number: index + 1, name: names[index] ?? null, text: text ?? null, start, end }
  })
  return { start: found.index, end: found.index + found[0].length, text: found[0], groups }
}
