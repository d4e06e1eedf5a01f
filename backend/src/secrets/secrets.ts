import type { SecretMetadata } from '@sre-toolbox/contract/secrets'
import { ToolboxError } from '../kernel/errors.ts'
import type { SecretStore } from './ports.ts'
import { parseReference } from './reference.ts'

export interface Secrets {
  list(): Promise<SecretMetadata[]>
  put(name: string, values: Readonly<Record<string, string>>): Promise<SecretMetadata>
  /** Throws `not_found`. */
  remove(name: string): Promise<void>
  /** Undefined when there is no such secret or field. */
  get(name: string, field: string): Promise<string | undefined>
  /** The value that `secret:<name>#<field>` stands for; throws `validation_failed` or `not_found`. */
  resolveReference(reference: string): Promise<string>
}

/** Values come in here and leave only where they are used: no operation answers them. */
export function createSecrets({ store }: { store: SecretStore }): Secrets {
  return {
    list: () => store.list(),
    put: (name, values) => store.put(name, values),
    get: (name, field) => store.get(name, field),

    async remove(name) {
      if (await store.remove(name)) return
      throw new ToolboxError('not_found', `There is no secret ${name}. secrets.list shows all there are.`)
    },

    async resolveReference(reference) {
      const { name, field } = parseReference(reference)
      const value = await store.get(name, field)
      if (value !== undefined) return value
      throw new ToolboxError(
        'not_found',
        `There is nothing under ${reference}. Store it with secrets.put, or correct the reference.`,
      )
    },
  }
}
