import { type Clock, toInstant } from '../../kernel/clock.ts'
import type { SealedSecrets, SecretStore } from '../../secrets/ports.ts'
import { seal, unseal } from './seal.ts'

/** Secrets in the product's own database, sealed: without the master key they are worth nothing. */
export function createSecretStore(table: SealedSecrets, masterKey: Buffer, clock: Clock): SecretStore {
  return {
    async list() {
      const rows = await table.list()
      return rows.map((row) => ({ ...row, updatedAt: toInstant(row.updatedAt) }))
    },

    async put(name, values) {
      const fields = Object.keys(values).sort()
      const updatedAt = clock.now()
      const text = JSON.stringify(values)
      const version = await table.put({
        name,
        fields,
        updatedAt,
        seal: (taken) => seal(masterKey, { name, version: taken }, text),
      })
      return { name, version, fields, updatedAt: toInstant(updatedAt) }
    },

    remove: (name) => table.remove(name),

    async get(name, field) {
      const found = await table.find(name)
      if (!found) return undefined
      const values: Record<string, string> = JSON.parse(
        unseal(masterKey, { name, version: found.version }, found.sealed),
      )
      return Object.hasOwn(values, field) ? values[field] : undefined
    },
  }
}
