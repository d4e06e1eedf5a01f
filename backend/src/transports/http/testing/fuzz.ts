import { type Agent, request as httpRequest } from 'node:http'
import { type OperationDeclaration, pathParameters } from '@sre-toolbox/contract'
import fc from 'fast-check'
import { z } from 'zod'

export interface FuzzRequest {
  readonly operation: string
  readonly method: string
  /** As it goes over the wire. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Real values by field name, such as ids of jobs that exist, so that requests get past the door. */
export type FuzzSeeds = Readonly<Record<string, readonly unknown[]>>

/** Requests made from the operations' own schemas: some right, most with something wrong somewhere. */
export function fuzzRequests(
  declarations: readonly OperationDeclaration[],
  seeds: FuzzSeeds = {},
): fc.Arbitrary<FuzzRequest> {
  return fc.oneof(...declarations.map((declaration) => requestFor(declaration, seeds)))
}

/** What the answer breaks of what is promised of every answer; null when nothing. */
export function faultOf(answer: FuzzAnswer): string | null {
  if (answer.status >= 500) return `answered ${answer.status}: ${answer.body.slice(0, 500)}`
  if (answer.status < 400) return null
  if (answer.contentType !== 'application/problem+json') {
    return `answered ${answer.status} as ${answer.contentType}, which is no problem document`
  }
  const { status, code } = JSON.parse(answer.body) as { status?: unknown; code?: unknown }
  if (status !== answer.status) return `the problem says ${String(status)}, the answer ${answer.status}`
  return typeof code === 'string' ? null : 'the problem has no code'
}

export interface FuzzAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export function sendFuzz(
  address: string,
  { method, path, headers, body }: FuzzRequest,
  agent: Agent,
): Promise<FuzzAnswer> {
  const { hostname, port } = new URL(address)
  const { promise, resolve, reject } = Promise.withResolvers<FuzzAnswer>()
  const sent = httpRequest({ hostname, port, method, path, headers, agent }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('error', reject)
    response.on('end', () => {
      const contentType = response.headers['content-type'] ?? ''
      resolve({ status: response.statusCode ?? 0, contentType, body: Buffer.concat(chunks).toString() })
    })
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

function requestFor(declaration: OperationDeclaration, seeds: FuzzSeeds): fc.Arbitrary<FuzzRequest> {
  const schema = z.toJSONSchema(declaration.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema
  const inPath = pathParameters(declaration.path)
  const fields = Object.entries(schema.properties ?? {})
  const valueFor = ([name, field]: [string, JsonSchema]) =>
    ofWeights(
      [8, seeds[name] ? fc.constantFrom(...seeds[name]) : fitting(field)],
      [1, anything],
      [1, fitting(field)],
    )

  const path = fc
    .tuple(...inPath.map((name) => valueFor([name, schema.properties?.[name] ?? {}])))
    .map((values) => fillPath(declaration.path, values))
  const members = fields.filter(([name]) => !inPath.includes(name))
  const right = fc.record(Object.fromEntries(members.map((field) => [field[0], valueFor(field)])), {
    requiredKeys: members.map(([name]) => name).filter((name) => schema.required?.includes(name)),
  })
  const wrong = fc.dictionary(
    fc.oneof(nastyText, fc.constantFrom(...members.map(([name]) => name), 'x')),
    anything,
  )
  const content = ofWeights([6, right], [1, wrong])
  const headers = headersFor(declaration)

  if (declaration.method === 'GET') {
    return fc
      .tuple(path, ofWeights([4, content.map(toQuery)], [1, fc.string().map(wireSafe)]), headers)
      .map(([address, query, extra]) => ({
        operation: declaration.id,
        method: 'GET',
        path: query === '' ? address : `${address}?${query}`,
        headers: extra,
        body: null,
      }))
  }
  const { bodyField } = declaration
  const json = content.map((value) =>
    JSON.stringify(bodyField ? (value as Record<string, unknown>)[bodyField] : value),
  )
  const broken = fc.tuple(json, fc.nat()).map(([text = '', at]) => text.slice(0, at % (text.length + 1)))
  const body = ofWeights(
    [8, json],
    [1, broken],
    [1, fc.string()],
    [1, anything.map((value) => JSON.stringify(value))],
  )
  return fc.tuple(path, body, headers, contentTypes).map(([address, text, extra, contentType]) => ({
    operation: declaration.id,
    method: declaration.method,
    path: address,
    headers: {
      ...extra,
      'content-type': contentType,
      'content-length': String(Buffer.byteLength(text ?? '')),
    },
    body: text ?? '',
  }))
}

interface JsonSchema {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
}

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    '../../etc/passwd',
    "'; DROP TABLE jobs; --",
    '%',
    '_',
    '\\',
    '%00',
    '-1',
    '1e999',
    'NaN',
    'null',
    '9007199254740993',
    '0001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00.001Z',
    'x'.repeat(5000),
  ),
)
const anything: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.anything({ withNullPrototype: false, maxDepth: 3 }).map(toJson),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom([], {}, null, true, JSON.parse('{"__proto__":{"admin":true}}')),
)
const contentTypes = ofWeights(
  [20, fc.constant('application/json')],
  [
    1,
    fc.constantFrom(
      'text/plain',
      'application/json; charset=utf-16',
      ';;',
      'multipart/form-data',
      'application/xml',
    ),
  ],
)

/** A value that the schema most likely takes. */
function fitting(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(fitting))
  switch (schema.type) {
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -1e6),
        max: Math.min(schema.maximum ?? 1e6, 1e6),
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(fitting(schema.items ?? {}), { maxLength: 4 })
    case 'object':
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), {
        maxKeys: 5,
      })
    case 'string':
      return fittingText(schema)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function fittingText({ format, pattern, minLength = 0, maxLength = 60 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'date-time') {
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString())
  }
  const text = fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 60)),
    unit: 'grapheme',
  })
  if (pattern === undefined) return text
  // Look-arounds can't be generated from.
  return pattern.includes('(?') && !pattern.includes('(?:') ? text : fc.stringMatching(new RegExp(pattern))
}

function headersFor(declaration: OperationDeclaration): fc.Arbitrary<Record<string, string>> {
  const carried = Object.values(declaration.headers ?? {})
  const named = fc.constantFrom(
    ...carried,
    'last-event-id',
    'if-match',
    'cookie',
    'origin',
    'x-forwarded-for',
  )
  return fc.dictionary(named, fc.oneof(nastyText, fc.uuid()).map(toHeaderValue), { maxKeys: 2 })
}

function fillPath(path: string, values: readonly unknown[]): string {
  let index = 0
  const filled = path.replace(/[:*][A-Za-z]+/g, (name) => {
    const text = textOf(values[index++])
    return name.startsWith('*') ? text.split('/').map(encode).join('/') : encode(text)
  })
  return `/api${filled}`
}

function toQuery(fields: Record<string, unknown>): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => [value].flat().map((one) => `${encode(name)}=${encode(textOf(one))}`))
    .join('&')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** What Node's client agrees to put into a request line. */
function wireSafe(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, '+')
}

function toHeaderValue(text: string): string {
  return text.replace(/[^\x20-\x7e\x80-\xff]/g, '').trim()
}

function toJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null')
  } catch {
    return null
  }
}

function ofWeights<T>(...choices: readonly [number, fc.Arbitrary<T>][]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}
