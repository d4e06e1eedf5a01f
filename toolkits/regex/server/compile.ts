import { OperationError } from '@sre-toolbox/sdk'

/** Throws `invalid_pattern` with the engine's own words. */
export function compile(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags)
  } catch (error) {
    throw new OperationError('invalid_pattern', (error as Error).message, { cause: error })
  }
}

/** The matches one after the other: all with the flag g, else the first. */
export function* matchesOf(expression: RegExp, text: string): Generator<RegExpExecArray> {
  if (expression.global) yield* text.matchAll(expression)
  else {
    const found = expression.exec(text)
    if (found) yield found
  }
}
