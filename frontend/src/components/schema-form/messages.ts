import type { OutputUnit } from '@cfworker/json-schema'
import type { RJSFSchema } from '@rjsf/utils'

const formats: Readonly<Record<string, string>> = {
  uri: 'Must be a full address, such as https://example.org.',
  email: 'Must be an e-mail address.',
  'date-time': 'Must be a date and time.',
  date: 'Must be a date.',
  uuid: 'Must be a UUID.',
}

/** What is wrong with a value and what would be right. */
export function messageOf({ keyword, keywordLocation, error }: OutputUnit, schema: RJSFSchema): string {
  const limit = at(schema, keywordLocation)
  switch (keyword) {
    case 'required':
      return 'Is needed.'
    case 'type':
      return limit === undefined ? 'Is needed.' : `Must be ${[limit].flat().map(kindOf).join(' or ')}.`
    case 'enum':
      return Array.isArray(limit) ? `Must be one of ${limit.join(', ')}.` : error
    case 'pattern':
      return at(schema, keywordLocation.replace(/pattern$/, 'description')) === undefined
        ? `Does not have the form that is asked for: ${limit}`
        : 'Is not what is asked for above.'
    case 'format':
      return formats[String(limit)] ?? `Must be a valid ${limit}.`
    case 'minimum':
      return `Must be at least ${limit}.`
    case 'maximum':
      return `Must be at most ${limit}.`
    case 'exclusiveMinimum':
      return `Must be more than ${limit}.`
    case 'exclusiveMaximum':
      return `Must be less than ${limit}.`
    case 'minLength':
      return limit === 1 ? 'Must not be empty.' : `Needs at least ${limit} characters.`
    case 'maxLength':
      return `May have at most ${limit} characters.`
    case 'minItems':
      return `Needs at least ${limit} entries.`
    case 'maxItems':
      return `May have at most ${limit} entries.`
    case 'anyOf':
    case 'oneOf':
      return 'Fits none of the forms that are asked for.'
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'Has a field that is not known.'
    default:
      return error
  }
}

function at(schema: RJSFSchema, location: string): unknown {
  let value: unknown = schema
  for (const segment of location.split('/').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[decodeURIComponent(segment)]
  }
  return value
}

function kindOf(type: unknown): string {
  if (type === 'integer') return 'a whole number'
  if (type === 'array' || type === 'object') return type === 'array' ? 'a list' : 'an object'
  return type === 'string' ? 'text' : type === 'null' ? 'empty' : `a ${type}`
}
