/** The content of `toolkit.json`. */
export interface ToolkitManifest {
  readonly schemaVersion: 1
  /** Names the toolkit for ever. */
  readonly slug: string
  readonly name: string
  readonly description: string
  /** SemVer. */
  readonly version: string
  /** SemVer range of the SRE Toolbox versions it runs on. */
  readonly toolbox: string
  readonly permissions?: ToolkitPermissions
  readonly settings?: JsonSchema
  /** Module that exports the toolkit, relative to the manifest. */
  readonly server?: string
  readonly ui?: string
  readonly operations: readonly ManifestOperation[]
  /** Jobs of all its operations together that may run at once; any number when not given. */
  readonly concurrency?: number
  readonly health?: { readonly operation: string; readonly everySeconds: number }
  readonly dashboardCards?: readonly DashboardCard[]
  readonly docs?: string
  readonly codex?: {
    readonly tasks?: readonly string[]
    readonly personas?: readonly string[]
    readonly prompts?: readonly string[]
  }
}

export interface ToolkitPermissions {
  /** `host:port`; `*` stands for any host, any port, or both. */
  readonly network?: readonly string[]
  /** Names of secrets it may read. */
  readonly secrets?: readonly string[]
  /** Environment variables it is given. */
  readonly environment?: readonly string[]
  /** Ids of operations of the product or of other toolkits that it may call. */
  readonly operations?: readonly string[]
}

export interface ManifestOperation {
  readonly id: string
  readonly title: string
  readonly description: string
  /** `call` answers at once; `job` runs in the background. */
  readonly mode: 'call' | 'job'
  readonly effect: 'read' | 'write' | 'destructive'
  readonly role: 'toolkit.user' | 'toolkit.curator' | 'system.admin'
  /** True when running it twice does no more than running it once: it is repeated after a crash. */
  readonly idempotent: boolean
  readonly timeoutSeconds: number
  /** How many may run at once. */
  readonly concurrency?: number
  readonly input: JsonSchema
  readonly output: JsonSchema
}

export interface DashboardCard {
  readonly id: string
  readonly title: string
  /** A `call` operation that reads and needs no input; it answers a `DashboardCardContent`. */
  readonly operation: string
}

export type JsonSchema = Readonly<Record<string, unknown>>

const text = (maxLength: number) => ({ type: 'string', minLength: 1, maxLength })
const names = (items: object) => ({ type: 'array', items, uniqueItems: true, maxItems: 200 })
/** Inside the bundle: no absolute path, no `..`, no backslash. */
const path = {
  type: 'string',
  pattern: '^(?!/)(?!.*(^|/)\\.\\.(/|$))[^\\\\:]+$',
  maxLength: 200,
}
const operationId = { type: 'string', pattern: '^[a-z][a-zA-Z0-9_-]{0,62}$' }
const jsonSchema = { type: 'object' }

function record(properties: object, required: readonly string[] = []) {
  return { type: 'object', properties, required, additionalProperties: false }
}

/** JSON Schema (draft 2020-12) of `toolkit.json`. */
export const toolkitManifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'SRE Toolbox toolkit manifest',
  ...record(
    {
      $schema: { type: 'string' },
      schemaVersion: { const: 1 },
      slug: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]{0,62}$' },
      name: text(100),
      description: text(2000),
      version: {
        type: 'string',
        pattern: '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?$',
        maxLength: 100,
      },
      toolbox: text(100),
      permissions: record({
        network: names({
          type: 'string',
          pattern: '^(\\*|(\\*|[^\\s:/]+|\\[[0-9a-fA-F:.]+\\]):(\\*|\\d{1,5}))$',
        }),
        secrets: names({ type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,198}$' }),
        environment: names({ type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$' }),
        operations: names({ type: 'string', pattern: '^[a-zA-Z0-9_-]+\\.[a-zA-Z0-9_-]+$' }),
      }),
      settings: jsonSchema,
      server: path,
      ui: path,
      operations: {
        type: 'array',
        maxItems: 200,
        items: record(
          {
            id: operationId,
            title: text(100),
            description: text(2000),
            mode: { enum: ['call', 'job'] },
            effect: { enum: ['read', 'write', 'destructive'] },
            role: { enum: ['toolkit.user', 'toolkit.curator', 'system.admin'] },
            idempotent: { type: 'boolean' },
            timeoutSeconds: { type: 'number', exclusiveMinimum: 0, maximum: 86_400 },
            concurrency: { type: 'integer', minimum: 1, maximum: 1000 },
            input: jsonSchema,
            output: jsonSchema,
          },
          [
            'id',
            'title',
            'description',
            'mode',
            'effect',
            'role',
            'idempotent',
            'timeoutSeconds',
            'input',
            'output',
          ],
        ),
      },
      concurrency: { type: 'integer', minimum: 1, maximum: 1000 },
      health: record(
        { operation: operationId, everySeconds: { type: 'number', minimum: 5, maximum: 86_400 } },
        ['operation', 'everySeconds'],
      ),
      dashboardCards: {
        type: 'array',
        maxItems: 20,
        items: record({ id: operationId, title: text(100), operation: operationId }, [
          'id',
          'title',
          'operation',
        ]),
      },
      docs: path,
      codex: record({ tasks: names(path), personas: names(path), prompts: names(path) }),
    },
    ['schemaVersion', 'slug', 'name', 'description', 'version', 'toolbox', 'operations'],
  ),
} as const
