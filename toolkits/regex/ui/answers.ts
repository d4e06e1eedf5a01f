import { useOperation } from '@sre-toolbox/sdk/ui'
import { useEffect, useState } from 'react'

export interface MatchGroup {
  readonly number: number
  readonly name: string | null
  /** Null when the group took no part. */
  readonly text: string | null
}

export interface Match {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly groups: readonly MatchGroup[]
}

export interface Matches {
  readonly matches: readonly Match[]
  readonly truncated: boolean
}

export interface Token {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly kind: string
  readonly depth: number
  readonly meaning: string
}

export interface Explanation {
  readonly tokens: readonly Token[]
  readonly flags: readonly { readonly flag: string; readonly meaning: string }[]
  readonly warnings: readonly { readonly start: number; readonly end: number; readonly message: string }[]
}

export interface Replaced {
  readonly text: string
  readonly replacements: number
}

export interface Answered<Input, Output> {
  /** The latest answer and what it answers; stays while the next is on its way, and goes when that is a refusal. */
  readonly latest: { readonly input: Input; readonly output: Output } | null
  readonly error: Error | null
  readonly fetching: boolean
}

/** Asks as the input changes; null asks nothing. */
export function useAnswer<Input extends Readonly<Record<string, unknown>>, Output>(
  operation: string,
  input: Input | null,
): Answered<Input, Output> {
  const { data, error, fetching } = useOperation<Output>(operation, input ?? {}, { enabled: input !== null })
  const [latest, setLatest] = useState<Answered<Input, Output>['latest']>(null)
  useEffect(() => {
    if (input === null || error) setLatest(null)
    else if (data !== undefined && !fetching) setLatest({ input, output: data })
  }, [data, error, fetching, input])
  return { latest, error: input === null ? null : error, fetching }
}

/** Said by the server of a pattern that it had to stop. */
export function ranAway(error: Error | null): boolean {
  return error !== null && 'code' in error && error.code === 'timed_out'
}
