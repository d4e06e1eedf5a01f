import type { SecretMetadata } from '@sre-toolbox/contract/secrets'

/** Where secrets are kept. Throws `unavailable` when it can't be reached or opened. */
export interface SecretStore {
  /** By name. */
  list(): Promise<SecretMetadata[]>
  /** Replaces all fields of the secret by these, under a new version. */
  put(name: string, values: Readonly<Record<string, string>>): Promise<SecretMetadata>
  /** False when there is none of that name. */
  remove(name: string): Promise<boolean>
  /** Undefined when there is no such secret or field. */
  get(name: string, field: string): Promise<string | undefined>
}

/** The product's own table of secrets, which only ever sees sealed text. */
export interface SealedSecrets {
  /** By name. Times are milliseconds. */
  list(): Promise<{ name: string; version: number; fields: string[]; updatedAt: number }[]>
  find(name: string): Promise<{ version: number; sealed: string } | null>
  /** Takes the next version, and seals for it. Answers the version. */
  put(secret: {
    name: string
    fields: readonly string[]
    updatedAt: number
    seal: (version: number) => string
  }): Promise<number>
  /** False when there is none of that name. */
  remove(name: string): Promise<boolean>
}
