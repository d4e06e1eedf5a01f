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
