import type { IncomingHttpHeaders } from 'node:http'
import { type OperationDeclaration, pathParameters } from '@sre-toolbox/contract'
import type { FastifyRequest } from 'fastify'
import { validationFailed } from '../../kernel/operation.ts'
import { findUnfit } from './plain-data.ts'

export interface RequestParts {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  /** Parsed and found fit; undefined when there was none. */
  readonly body: unknown
  readonly headers: IncomingHttpHeaders
}

export function partsOf(request: FastifyRequest): RequestParts {
  return {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: request.body,
    headers: request.headers,
  }
}

/** Makes the one flat input of an operation from the parts of its request. Throws `validation_failed`. */
export function createInputReader(
  declaration: OperationDeclaration,
): (parts: RequestParts) => Record<string, unknown> {
  const names = pathParameters(declaration.path)
  const wildcard = declaration.path.includes('*') ? names.at(-1) : undefined
  const fromHeaders = Object.entries(declaration.headers ?? {})
  const { bodyField, method } = declaration

  return ({ params, query, body, headers }) => {
    const unfit = findUnfit(query) ?? findUnfit(params)
    if (unfit) throw validationFailed([unfit])
    const input: Record<string, unknown> = {}

    if (method === 'GET') {
      Object.assign(input, query)
    } else {
      const stray = Object.keys(query).find((name) => bodyField === undefined || name === bodyField)
      if (stray !== undefined) throw refuseField(stray, 'belongs in the JSON body, not in the query')
      if (bodyField !== undefined) {
        Object.assign(input, query)
        if (body !== undefined) input[bodyField] = body
      } else if (body !== undefined) {
        if (typeof body !== 'object' || body === null || Array.isArray(body)) {
          throw refuseField('', 'the body has to be a JSON object')
        }
        Object.assign(input, body)
      }
    }
    for (const [field, header] of fromHeaders) {
      const value = headers[header]
      if (value === undefined) continue
      if (Object.hasOwn(input, field)) {
        throw refuseField(field, `is given by the header ${header} already; leave one out`)
      }
      input[field] = value
    }
    for (const name of names) {
      if (Object.hasOwn(input, name)) throw refuseField(name, 'is given by the path; leave it out')
      input[name] = name === wildcard ? params['*'] : params[name]
    }
    return input
  }
}

function refuseField(path: string, message: string) {
  return validationFailed([{ path, message }])
}
