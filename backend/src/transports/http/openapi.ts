import type { OperationDeclaration } from '@sre-toolbox/contract'
import { pathParameters } from '@sre-toolbox/contract'
import { problem } from '@sre-toolbox/contract/common'
import type { toolkitOperation } from '@sre-toolbox/contract/toolkits'
import { z } from 'zod'

/** An operation that a toolkit offers now. */
export type ToolkitOperationView = z.infer<typeof toolkitOperation>

type JsonObject = { readonly [name: string]: unknown }

export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, JsonObject>>
  readonly [part: string]: unknown
}

/** Makes the OpenAPI 3.1 document. What the declarations say is worked out once, when first asked for; toolkits come and go. */
export function createOpenApi(
  declarations: readonly OperationDeclaration[],
  streams: readonly OperationDeclaration[],
  version: string,
): (toolkitOperations: readonly ToolkitOperationView[]) => OpenApiDocument {
  let core: { paths: Record<string, JsonObject>; problemSchema: JsonObject } | null = null
  function describeCore() {
    const paths: Record<string, JsonObject> = {}
    for (const declaration of [...declarations, ...streams]) {
      const path = templateOf(declaration.path)
      paths[path] = { ...paths[path], [declaration.method.toLowerCase()]: describe(declaration) }
    }
    return { paths, problemSchema: toSchema(problem, 'output') }
  }

  return (toolkitOperations) => {
    core ??= describeCore()
    return {
      openapi: '3.1.1',
      info: { title: 'SRE Toolbox', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: '/api' }],
      security: [{ token: [] }, { session: [] }],
      paths: {
        ...core.paths,
        ...Object.fromEntries(toolkitOperations.map((operation) => describeToolkitOperation(operation))),
      },
      components: {
        schemas: { Problem: core.problemSchema },
        responses: {
          Problem: {
            description: 'Refused or failed; `code` is stable, `detail` says what to do next.',
            content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
          },
        },
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'an API token' },
          session: { type: 'apiKey', in: 'cookie', name: 'toolbox_session' },
        },
      },
    }
  }
}

function describe(declaration: OperationDeclaration): JsonObject {
  const input = toSchema(declaration.input, 'input')
  const fields = (input.properties ?? {}) as Record<string, JsonObject>
  const required = new Set((input.required ?? []) as string[])
  const inPath = new Set(pathParameters(declaration.path))
  const inHeader = new Map(Object.entries(declaration.headers ?? {}))
  const rest = Object.keys(fields).filter((name) => !inPath.has(name))
  const { bodyField } = declaration
  const inQuery =
    declaration.method === 'GET'
      ? rest
      : rest.filter((name) => bodyField !== undefined && name !== bodyField && !inHeader.has(name))
  const inBody = declaration.method === 'GET' ? [] : rest

  const parameters = [
    ...[...inPath].map((name) => parameter('path', name, fields[name], true)),
    ...[...inHeader].map(([name, header]) => parameter('header', header, fields[name], false)),
    ...inQuery.map((name) => parameter('query', name, fields[name], required.has(name))),
  ]
  const body = bodySchema(declaration, fields, inBody, required)
  return {
    operationId: declaration.id,
    summary: declaration.title,
    ...(declaration.description ? { description: declaration.description } : {}),
    tags: [declaration.id.split('.')[0]],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: body.required, content: jsonContent(body.schema) } } : {}),
    responses: {
      [String(declaration.status ?? 200)]: success(declaration),
      ...acceptedToo(declaration),
      ...refused,
    },
    ...(declaration.access === 'public' ? { security: [] } : {}),
    'x-toolbox': { access: declaration.access, effect: declaration.effect },
  }
}

function bodySchema(
  declaration: OperationDeclaration,
  fields: Record<string, JsonObject>,
  names: readonly string[],
  required: ReadonlySet<string>,
): { schema: unknown; required: boolean } | null {
  const { bodyField } = declaration
  if (bodyField !== undefined) return { schema: fields[bodyField] ?? {}, required: required.has(bodyField) }
  if (names.length === 0) return null
  const needed = names.filter((name) => required.has(name))
  const properties = Object.fromEntries(names.map((name) => [name, fields[name]]))
  return {
    schema: {
      type: 'object',
      properties,
      ...(needed.length > 0 ? { required: needed } : {}),
      additionalProperties: false,
    },
    required: needed.length > 0,
  }
}

function success(declaration: OperationDeclaration): JsonObject {
  const schema = toSchema(declaration.output, 'output')
  if (!(declaration.output instanceof z.ZodString))
    return { description: 'Done.', content: jsonContent(schema) }
  const types = (declaration.output.description ?? 'text/plain').match(/[a-z]+\/[a-z-]+/g) ?? ['text/plain']
  return {
    description: declaration.output.description ?? 'Text.',
    content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }])),
  }
}

/** An operation that passes others on answers for them: at once, or with a job. */
function acceptedToo(declaration: OperationDeclaration): JsonObject {
  if (!declaration.delegates || declaration.status === 202) return {}
  return { '202': { description: 'Goes on as a job.', content: jsonContent({ type: 'object' }) } }
}

function describeToolkitOperation(operation: ToolkitOperationView): [string, JsonObject] {
  const [slug] = operation.id.split('.', 1)
  const isJob = operation.mode === 'job'
  const result = isJob
    ? { type: 'object', properties: { job: { type: 'object' } }, required: ['job'] }
    : operation.output
  return [
    `/toolkits/${slug}/operations/${operation.operation}`,
    {
      post: {
        operationId: operation.id,
        summary: operation.title,
        description: operation.description,
        tags: [slug],
        requestBody: { required: true, content: jsonContent(operation.input) },
        responses: {
          [isJob ? '202' : '200']: {
            description: isJob ? 'Goes on as a job.' : 'Done.',
            content: jsonContent(result),
          },
          ...refused,
        },
        'x-toolbox': { access: operation.role, effect: operation.effect },
      },
    },
  ]
}

const refused = { default: { $ref: '#/components/responses/Problem' } }

function parameter(
  place: string,
  name: string,
  schema: JsonObject | undefined,
  required: boolean,
): JsonObject {
  const { description, ...rest } = schema ?? {}
  return { name, in: place, required, ...(description ? { description } : {}), schema: rest }
}

function jsonContent(schema: unknown): JsonObject {
  return { 'application/json': { schema } }
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** `/jobs/:jobId` as `/jobs/{jobId}`. */
function templateOf(path: string): string {
  return path.replace(/[:*]([A-Za-z]+)/g, '{$1}')
}
