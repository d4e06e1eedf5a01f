import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import {
  type CustomValidator,
  type ErrorTransformer,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorList,
  toErrorSchema,
  type UiSchema,
  type ValidationData,
  type ValidatorType,
} from '@rjsf/utils'
import { messageOf } from './messages.ts'

/** Say only that something below them is wrong, which is told by itself. */
const containers = new Set([
  'properties',
  'patternProperties',
  'items',
  'prefixItems',
  'allOf',
  'if',
  '$ref',
  'dependentSchemas',
])

/** Reads the schema as it goes: compiling it to code, as others do, is what the Content-Security-Policy forbids. */
export function createValidator(): ValidatorType {
  const made = new WeakMap<object, Validator>()
  function validate(schema: RJSFSchema, data: unknown): OutputUnit[] {
    if (data === undefined)
      return [{ keyword: 'type', keywordLocation: '#', instanceLocation: '#', error: '' }]
    let validator = made.get(schema)
    if (!validator) {
      validator = new Validator(schema as Schema, '2020-12', false)
      made.set(schema, validator)
    }
    // Fields left empty are undefined, which JSON does not have.
    return validator.validate(JSON.parse(JSON.stringify(data))).errors
  }
  return {
    validateFormData(
      data: unknown,
      schema: RJSFSchema,
      _custom?: CustomValidator,
      transform?: ErrorTransformer,
      uiSchema?: UiSchema,
    ): ValidationData<unknown> {
      const found = validate(schema, data)
        .filter(tellsSomething)
        .map((unit) => toFormError(unit, schema))
      const errors = transform ? transform(found, uiSchema) : found
      const errorSchema = toErrorSchema(errors)
      return { errors: toErrorList(errorSchema), errorSchema }
    },
    isValid: (schema, data, root) => validate(withDefinitions(schema, root), data).length === 0,
    rawValidation: <Result>(schema: RJSFSchema, data?: unknown) => ({
      errors: validate(schema, data) as Result[],
    }),
  }
}

/** What is said of an alternative that did not fit is noise: that none fits is told once. */
function tellsSomething({ keyword, keywordLocation }: OutputUnit): boolean {
  if (containers.has(keyword)) return false
  return (
    !/\/(anyOf|oneOf|not)\/\d/.test(keywordLocation) && !/\/additionalProperties\/./.test(keywordLocation)
  )
}

function toFormError(unit: OutputUnit, schema: RJSFSchema): RJSFValidationError {
  const missing = unit.keyword === 'required' ? /property "(.*)"/.exec(unit.error)?.[1] : undefined
  const path = unit.instanceLocation.split('/').slice(1).map(unescapePointer)
  const property = [...path, ...(missing === undefined ? [] : [missing])].map((name) => `.${name}`).join('')
  const message = messageOf(unit, schema)
  return { name: unit.keyword, message, property, stack: `${property} ${message}` }
}

function unescapePointer(segment: string): string {
  return decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~')
}

function withDefinitions(schema: RJSFSchema, { $defs, definitions }: RJSFSchema): RJSFSchema {
  return { ...($defs && { $defs }), ...(definitions && { definitions }), ...schema }
}
