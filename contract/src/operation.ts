import type { z } from 'zod'
import type { Access, Effect } from './roles.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One thing the product can do. The HTTP route, the OpenAPI document, the CLI command, the audit entry and the
 * access check are derived from this declaration and from nothing else.
 */
export interface OperationDeclaration<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> {
  /** `capability.verb`, stable for ever. */
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly method: Method
  /** Below `/api`; `:name` segments and a last `*name` (which may hold slashes) are fields of the input. */
  readonly path: `/${string}`
  readonly access: Access
  readonly effect: Effect
  /** One flat object: path parameters, query (GET) and body (everything else) together. */
  readonly input: Input
  readonly output: Output
  /** HTTP status of success; 200 when not given. */
  readonly status?: 200 | 201 | 202
  /** The whole body is this one field of the input, as in `PUT /toolkits/:slug/settings`; the rest is in the query. */
  readonly bodyField?: string
  /** Header carried into the input, by field name: `{ idempotencyKey: 'idempotency-key' }`. */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * Only a person who is signed in may: an API token is refused, whoever holds it, and so is what a job does for them.
   */
  readonly personOnly?: true
  /**
   * The operation only passes another operation on to the runner (`jobs.submit`, `toolkits.call`), where that one
   * is authorised and audited; this one adds no entry of its own.
   */
  readonly delegates?: true
}

export type InputOf<D extends OperationDeclaration> = z.output<D['input']>
/** What a caller sends: fields with defaults may be left out. */
export type CallInputOf<D extends OperationDeclaration> = z.input<D['input']>
export type OutputOf<D extends OperationDeclaration> = z.output<D['output']>

/** Declares an operation; exists so that the input and output types are inferred. */
export function declare<Input extends z.ZodObject, Output extends z.ZodType>(
  declaration: OperationDeclaration<Input, Output>,
): OperationDeclaration<Input, Output> {
  return declaration
}

/** Names of the `:parameters` (and of a `*rest`) in a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/[:*]([A-Za-z]+)/g)].map((match) => match[1] as string)
}
