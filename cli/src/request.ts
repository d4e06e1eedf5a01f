import type { OperationDeclaration } from '@sre-toolbox/contract'
import { pathParameters } from '@sre-toolbox/contract/operation'
import { wrongUsage } from './command-error.ts'

export interface HttpRequest {
  readonly method: string
  /** With the query, below the base URL. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

type Fields = Readonly<Record<string, unknown>>

/** Spreads one flat input over path, query, headers and body, as the declaration says. */
export function toHttpRequest(declaration: OperationDeclaration, input: Fields): HttpRequest {
  const headerFields = declaration.headers ?? {}
  const elsewhere = new Set([...pathParameters(declaration.path), ...Object.keys(headerFields)])
  const rest = Object.entries(input).filter(([name, value]) => !elsewhere.has(name) && value !== undefined)
  const path = `/api${fillPath(declaration.path, input)}`
  const headers = Object.fromEntries(
    Object.entries(headerFields)
      .filter(([field]) => input[field] !== undefined)
      .map(([field, header]) => [header, String(input[field])]),
  )
  if (declaration.method === 'GET') {
    return { method: 'GET', path: path + toQuery(rest), headers, body: null }
  }
  if (declaration.method === 'DELETE' && rest.length === 0) {
    return { method: 'DELETE', path, headers, body: null }
  }
  const { bodyField } = declaration
  const body = bodyField ? (input[bodyField] ?? {}) : Object.fromEntries(rest)
  const query = bodyField ? toQuery(rest.filter(([name]) => name !== bodyField)) : ''
  return {
    method: declaration.method,
    path: path + query,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

function fillPath(path: string, input: Fields): string {
  return path.replace(/([:*])([A-Za-z]+)/g, (_, kind: string, name: string) => {
    const value = String(input[name])
    const segments = kind === '*' ? value.split('/') : [value]
    // A URL swallows these two, and the request would go somewhere else.
    if (segments.some((segment) => segment === '.' || segment === '..')) {
      throw wrongUsage(`\`${name}\` can't be "${value}".`)
    }
    return segments.map(encodeURIComponent).join('/')
  })
}

function toQuery(fields: readonly (readonly [string, unknown])[]): string {
  const query = new URLSearchParams()
  for (const [name, value] of fields) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one))
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}
