import type { z } from 'zod'
import type { Problem } from './common.ts'
import { didYouMean } from './nearest.ts'

type FieldError = NonNullable<Problem['errors']>[number]

/** Checks an input. What is wrong with it is said as of a toolkit's input: the field, and what it has to be. */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): { ok: true; value: z.output<Schema> } | { ok: false; errors: FieldError[] } {
  const parsed = schema.safeParse(input, { error: describe })
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, errors: parsed.error.issues.flatMap((issue) => toFieldErrors(issue, fieldsOf(schema))) }
}

function fieldsOf(schema: z.ZodType): string[] {
  return 'shape' in schema ? Object.keys(schema.shape as object) : []
}

/** A field that is not known is a fault of its own, with a guess at what was meant where it stands at the top. */
function toFieldErrors(issue: z.core.$ZodIssue, fields: readonly string[]): FieldError[] {
  const path = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }]
  return issue.keys.map((key) => ({
    path: [...path, key].join('.'),
    message: withGuess(issue.message, key, path.length === 0 ? fields : []),
  }))
}

function withGuess(message: string, given: unknown, candidates: readonly string[]): string {
  const guess = typeof given === 'string' ? didYouMean(given, candidates) : ''
  return guess === '' ? message : `${message}.${guess}`
}

/** Undefined leaves it to the library; a message that the schema itself gives comes before both. */
function describe(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${nounOf(issue.expected)}`
    case 'unrecognized_keys':
      return 'is not a known field'
    case 'invalid_value':
      return withGuess(
        `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`,
        issue.input,
        issue.values.map(String),
      )
    case 'too_small':
      return `must ${issue.inclusive === false ? 'be more than' : amount(issue.origin, 'at least')} ${quantity(issue.origin, issue.minimum)}`
    case 'too_big':
      return `must ${issue.inclusive === false ? 'be less than' : amount(issue.origin, 'at most')} ${quantity(issue.origin, issue.maximum)}`
    case 'invalid_format':
      return formats[issue.format]
    default:
      return undefined
  }
}

const nouns: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const formats: Readonly<Record<string, string>> = {
  datetime: 'must be an ISO 8601 time in UTC, such as 2026-01-31T08:00:00Z',
  uuid: 'must be a UUID',
  url: 'must be a URL',
  email: 'must be an email address',
}

const units: Readonly<Record<string, string>> = {
  string: 'character',
  array: 'item',
  object: 'field',
  record: 'field',
}

function nounOf(expected: string): string {
  return nouns[expected] ?? expected
}

function amount(origin: string, bound: string): string {
  return `${origin in units ? 'have' : 'be'} ${bound}`
}

function quantity(origin: string, count: number | bigint): string {
  const unit = units[origin]
  return unit ? `${count} ${unit}${Number(count) === 1 ? '' : 's'}` : `${count}`
}
