import type { JsonSchema } from '@sre-toolbox/sdk/manifest'
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import safePattern from 'safe-regex2'
import type { FieldError } from '../kernel/errors.ts'
import { subschemas } from './subschemas.ts'

export interface Schemas {
  /** What makes the schema unusable; empty when nothing does. */
  faults(schema: JsonSchema): string[]
  /** The value with defaults filled in, or what is wrong with it. The value given is left as it is. */
  check(schema: JsonSchema, value: unknown): Checked
}

export type Checked = { ok: true; value: unknown } | { ok: false; errors: readonly FieldError[] }

export const secretReference = /^secret:([A-Za-z0-9][A-Za-z0-9._/-]*)#([A-Za-z0-9_.-]+)$/
const mostErrors = 20

/** JSON Schema, draft 2020-12. Nothing is coerced, nothing is fetched, nothing unknown is let pass in a schema. */
export function createSchemas(): Schemas {
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    strictTypes: false,
    strictTuples: false,
    // A schema with an `$id` must not be seen by those of other toolkits.
    addUsedSchema: false,
    logger: false,
    // A start compiles every schema of every toolkit, and what this saves later is not worth what it costs then.
    code: { optimize: false },
  })
  formats.default(ajv)
  ajv.addFormat('password', true)
  ajv.addFormat('secret', secretReference)
  ajv.addFormat('public-header', { validate: isPublicHeader })
  // It is understood, but missing in the list of what strict mode lets pass.
  ajv.addKeyword('$anchor')
  const withDefaults = new WeakMap<JsonSchema, boolean>()

  function hasDefaults(schema: JsonSchema): boolean {
    let found = withDefaults.get(schema)
    if (found === undefined) {
      found = JSON.stringify(schema).includes('"default"')
      withDefaults.set(schema, found)
    }
    return found
  }

  return {
    faults(schema) {
      const faults = unsafePatterns(schema)
      try {
        ajv.compile(schema)
      } catch (error) {
        faults.push((error as Error).message)
      }
      return faults
    },
    check(schema, given) {
      const validate = ajv.compile(schema)
      // Filling in defaults writes into the value.
      const value = hasDefaults(schema) ? structuredClone(given) : given
      if (validate(value)) return { ok: true, value }
      return {
        ok: false,
        errors: (validate.errors ?? []).filter(tellsMore).slice(0, mostErrors).map(toFieldError),
      }
    },
  }
}

/** Patterns run in the control plane, where one that backtracks without end would stop everything. */
function unsafePatterns(schema: JsonSchema): string[] {
  return subschemas(schema)
    .flatMap(({ pattern, patternProperties }) => [
      ...(typeof pattern === 'string' ? [pattern] : []),
      ...Object.keys((patternProperties as object | undefined) ?? {}),
    ])
    .filter((pattern) => !safePattern(pattern))
    .map((pattern) => `the pattern ${pattern} can take exponential time; write it without nested repetition`)
}

/** That a name is not valid comes after the reason. */
function tellsMore({ keyword }: ErrorObject): boolean {
  return keyword !== 'propertyNames'
}

function toFieldError(error: ErrorObject): FieldError {
  const path = `${error.instancePath}${error.propertyName === undefined ? '' : `/${error.propertyName}`}`
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const within = (name: unknown) => [...path, String(name)].join('.')
  const { params } = error
  switch (error.keyword) {
    case 'required':
      return { path: within(params.missingProperty), message: 'is required' }
    case 'additionalProperties':
      return { path: within(params.additionalProperty), message: 'is not a known field' }
    case 'unevaluatedProperties':
      return { path: within(params.unevaluatedProperty), message: 'is not a known field' }
    case 'enum':
      return { path: path.join('.'), message: `must be one of ${params.allowedValues.join(', ')}` }
    case 'const':
      return { path: path.join('.'), message: `must be ${JSON.stringify(params.allowedValue)}` }
    case 'format':
      return { path: path.join('.'), message: formatMessage(params.format) }
    default:
      return { path: path.join('.'), message: error.message ?? 'is not valid' }
  }
}

function formatMessage(format: string): string {
  return explained[format] ?? `must be a valid ${format}`
}

const explained: Readonly<Record<string, string>> = {
  secret: 'must name a secret, such as secret:auth/okta#client_secret, and not hold its value',
  'public-header':
    'must be a header without a credential, because inputs are stored with the job; credentials belong in the settings',
}

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/
const credentialHeader = /^(authorization|proxy-authorization|cookie|.*(token|secret|api-?key|password).*)$/i

function isPublicHeader(name: string): boolean {
  return headerName.test(name) && !credentialHeader.test(name)
}
