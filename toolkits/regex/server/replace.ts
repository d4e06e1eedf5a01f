import { OperationError } from '@sre-toolbox/sdk'
import { compile, matchesOf } from './compile.ts'
import { expandReplacement } from './expand-replacement.ts'

export interface ReplaceInput {
  readonly pattern: string
  readonly flags: string
  readonly text: string
  readonly replacement: string
}

const longest = 1_000_000

/** As `String.prototype.replace`, but it gives up before the result outgrows the memory. */
export function replace(input: ReplaceInput): { text: string; replacements: number } {
  const { text } = input
  const expression = compile(input.pattern, input.flags)
  let result = ''
  let end = 0
  let replacements = 0
  const append = (part: string) => {
    if (result.length + part.length > longest) {
      throw new OperationError(
        'result_too_long',
        `The result has more than ${longest} characters. Use a shorter text or replacement.`,
      )
    }
    result += part
  }
  for (const found of matchesOf(expression, text)) {
    append(text.slice(end, found.index))
    for (const part of expandReplacement(input.replacement, found)) append(part)
    end = found.index + found[0].length
    replacements++
  }
  append(text.slice(end))
  return { text: result, replacements }
}
