import { listSecrets, putSecret, removeSecret } from '@sre-toolbox/contract/secrets'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Secrets } from './index.ts'

export function createSecretOperations(secrets: Secrets): Operation[] {
  return [
    bind(listSecrets, async () => ({ items: await secrets.list(), nextCursor: null })),
    bind(putSecret, async ({ name, values }, { note }) => {
      const secret = await secrets.put(name, values)
      note(`Version ${secret.version} of ${name}, with the fields ${secret.fields.join(', ')}.`)
      return { secret }
    }),
    bind(removeSecret, async ({ name }) => {
      await secrets.remove(name)
      return {}
    }),
  ]
}
