import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ServerVariable } from '@sre-toolbox/contract/environment'
import { checkInput } from '@sre-toolbox/contract/input-faults'
import { z } from 'zod'

/** The whole environment, read once. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDirectory: string
  readonly roles: readonly ('api' | 'worker')[]
  /** PostgreSQL; null for SQLite in the data directory. */
  readonly databaseUrl: string | null
  readonly masterKey: string | null
  readonly toolkitStorageDirectory: string
  /** Directories of toolkits besides the bundled ones. */
  readonly extraToolkits: readonly string[]
  /** Where browsers reach the product, when that differs from host and port. */
  readonly publicUrl: string | null
  /** Addresses and networks of proxies whose `X-Forwarded-For` counts, with commas; null for none. */
  readonly trustedProxies: string | null
  readonly bootstrapAdmin: { readonly username?: string; readonly password?: string; readonly email?: string }
  readonly auditRetentionDays: number | null
  readonly jobRetention: { readonly days: number | null; readonly count: number | null }
  readonly workerConcurrency: number
  readonly cancelGraceMs: number
  /** A variable that a toolkit's manifest asks for. */
  readonly variable: (name: string) => string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** What the command line says instead of the environment. */
export interface Overrides {
  readonly port?: number | undefined
  readonly host?: string | undefined
  readonly dataDirectory?: string | undefined
  readonly roles?: readonly string[] | undefined
}

/** Where the built-in database is. */
export function databasePath(dataDirectory: string): string {
  return join(dataDirectory, 'toolbox.db')
}

/** All that is wrong with the environment, at once. */
export class ConfigFaults extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(`The configuration is not valid:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigFaults'
    this.faults = faults
  }
}

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

// The contract names each of them, so that prompts can be checked against the names.
const environment = z.object({
  PORT: optional(whole(0, 65_535)),
  HOST: optional(z.string()),
  TOOLBOX_DATA_DIR: optional(z.string()),
  TOOLBOX_ROLES: optional(
    z
      .string()
      .transform((text) => text.split(',').map((role) => role.trim()))
      .pipe(z.array(z.enum(['api', 'worker'])).min(1)),
  ),
  DATABASE_URL: optional(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must start with postgres://; leave it out for the built-in database'),
  ),
  TOOLBOX_MASTER_KEY: optional(z.string()),
  TOOLKIT_STORAGE_DIR: optional(z.string()),
  TOOLBOX_EXTRA_TOOLKITS: optional(z.string()),
  TOOLBOX_TRUSTED_PROXIES: optional(
    z.string().regex(/^[0-9a-fA-F.:/, ]+$/, 'addresses or networks, with commas'),
  ),
  FRONTEND_BASE_URL: optional(z.url({ protocol: /^https?$/ })),
  BOOTSTRAP_ADMIN_USERNAME: optional(z.string()),
  BOOTSTRAP_ADMIN_PASSWORD: optional(z.string().min(12, 'must have at least 12 characters')),
  BOOTSTRAP_ADMIN_EMAIL: optional(z.email()),
  AUDIT_LOG_RETENTION_DAYS: optional(whole(1, 36_500)),
  JOB_RETENTION_DAYS: optional(whole(1, 36_500)),
  JOB_RETENTION_COUNT: optional(whole(1, 1_000_000_000)),
  TOOLBOX_WORKER_CONCURRENCY: optional(whole(1, 10_000)),
  TOOLBOX_CANCEL_GRACE_SECONDS: optional(whole(0, 3600)),
  LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error', 'silent'])),
} satisfies Record<ServerVariable, z.ZodType>)

/** Variables of parts that this version does not have: better refused than silently without effect. */
const notOffered: Readonly<Record<string, string>> = {
  REDIS_URL: 'this version queues jobs in its own process; unset it',
  VAULT_ADDR: 'this version keeps secrets in its own store; unset it',
  AUTH_PROVIDERS_JSON: 'this version signs in local users only; unset it',
  AUTH_PROVIDERS_FILE: 'this version signs in local users only; unset it',
}

/** Throws `ConfigFaults` with everything that is wrong. */
export function readConfig(overrides: Overrides = {}, source: NodeJS.ProcessEnv = process.env): Config {
  const given = {
    ...source,
    ...(overrides.port === undefined ? {} : { PORT: String(overrides.port) }),
    ...(overrides.host === undefined ? {} : { HOST: overrides.host }),
    ...(overrides.dataDirectory === undefined ? {} : { TOOLBOX_DATA_DIR: overrides.dataDirectory }),
    ...(overrides.roles === undefined ? {} : { TOOLBOX_ROLES: overrides.roles.join(',') }),
  }
  const checked = checkInput(environment, given)
  const faults = [
    ...(checked.ok ? [] : checked.errors.map(({ path, message }) => `${path.split('.')[0]}: ${message}`)),
    ...Object.entries(notOffered)
      .filter(([name]) => source[name])
      .map(([name, why]) => `${name}: ${why}`),
    ...(checked.ok ? contradictions(checked.value) : []),
  ]
  if (!checked.ok || faults.length > 0) throw new ConfigFaults(faults)

  const env = checked.value
  const dataDirectory = resolve(env.TOOLBOX_DATA_DIR ?? 'data')
  return {
    host: env.HOST ?? '127.0.0.1',
    port: env.PORT ?? 8080,
    dataDirectory,
    roles: env.TOOLBOX_ROLES ?? ['api', 'worker'],
    databaseUrl: env.DATABASE_URL ?? null,
    masterKey: env.TOOLBOX_MASTER_KEY ?? null,
    toolkitStorageDirectory: resolve(env.TOOLKIT_STORAGE_DIR ?? join(dataDirectory, 'toolkits')),
    extraToolkits: pathsIn(env.TOOLBOX_EXTRA_TOOLKITS),
    publicUrl: env.FRONTEND_BASE_URL ?? null,
    trustedProxies: env.TOOLBOX_TRUSTED_PROXIES ?? null,
    bootstrapAdmin: {
      ...(env.BOOTSTRAP_ADMIN_USERNAME === undefined ? {} : { username: env.BOOTSTRAP_ADMIN_USERNAME }),
      ...(env.BOOTSTRAP_ADMIN_PASSWORD === undefined ? {} : { password: env.BOOTSTRAP_ADMIN_PASSWORD }),
      ...(env.BOOTSTRAP_ADMIN_EMAIL === undefined ? {} : { email: env.BOOTSTRAP_ADMIN_EMAIL }),
    },
    auditRetentionDays: env.AUDIT_LOG_RETENTION_DAYS ?? null,
    jobRetention: { days: env.JOB_RETENTION_DAYS ?? null, count: env.JOB_RETENTION_COUNT ?? null },
    workerConcurrency: env.TOOLBOX_WORKER_CONCURRENCY ?? 128,
    cancelGraceMs: (env.TOOLBOX_CANCEL_GRACE_SECONDS ?? 10) * 1000,
    variable: (name) => source[name],
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}

/** Settings that are valid one by one and yet can't be meant. */
function contradictions(env: z.output<typeof environment>): string[] {
  const faults = pathsIn(env.TOOLBOX_EXTRA_TOOLKITS)
    .filter((path) => !existsSync(path))
    .map((path) => `TOOLBOX_EXTRA_TOOLKITS: there is no directory ${path}`)
  const roles = env.TOOLBOX_ROLES ?? ['api', 'worker']
  if (!roles.includes('api') && env.DATABASE_URL === undefined) {
    faults.push('DATABASE_URL: a worker alone takes its jobs from a database that others share; set it')
  }
  if (roles.length === 1 && env.DATABASE_URL !== undefined && env.TOOLBOX_MASTER_KEY === undefined) {
    faults.push(
      'TOOLBOX_MASTER_KEY: what one process seals another must open; set the same key for each of them',
    )
  }
  return faults
}

function pathsIn(list = ''): string[] {
  return list
    .split(':')
    .filter((path) => path !== '')
    .map((path) => resolve(path))
}
