export type TokenKind =
  | 'literal'
  | 'escape'
  | 'any'
  | 'set'
  | 'class'
  | 'anchor'
  | 'group'
  | 'groupEnd'
  | 'lookaround'
  | 'backreference'
  | 'alternation'
  | 'quantifier'

/** A part of a pattern that can't be taken apart further. */
export interface Token {
  /** In UTF-16 code units from 0; `end` is behind the last. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: TokenKind
  /** How many groups are open around it. */
  readonly depth: number
  readonly meaning: string
  /** Of what opens a capturing group. */
  readonly capture?: { readonly number: number; readonly name: string | null }
  /** Of a quantifier. */
  readonly repeats?: { readonly min: number; readonly max: number }
}

/** What a reader of one construct answers: how far it goes and what it is. */
export type Part = Pick<Token, 'text' | 'kind' | 'meaning' | 'capture' | 'repeats'>

/** What the meaning of a construct depends on, besides its own text. */
export interface Surroundings {
  /** Flag u or v. */
  readonly unicode: boolean
  /** Flag v: sets may hold sets. */
  readonly sets: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  /** In the whole pattern. */
  readonly captures: number
  readonly hasNames: boolean
}
