import type { OperationDeclaration } from '@sre-toolbox/contract'
import { pathParameters } from '@sre-toolbox/contract'

export interface OperationRequest {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** The HTTP request that asks for an operation with this input. */
export function toRequest(
  { method, path, bodyField }: Pick<OperationDeclaration, 'method' | 'path' | 'bodyField'>,
  input: Readonly<Record<string, unknown>>,
): OperationRequest {
  const inPath = pathParameters(path)
  const filled = path.replace(/[:*]([A-Za-z]+)/g, (_, name) => String(input[name]))
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)))
  if (method !== 'GET') return { method, path: `/api${filled}`, body: bodyField ? rest[bodyField] : rest }
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]))
  return { method, path: `/api${filled}${query.size > 0 ? `?${query}` : ''}` }
}
