import { createSecretStore } from '../adapters/local-secrets/local-secrets.ts'
import { loadMasterKey } from '../adapters/local-secrets/master-key.ts'
import type { Database } from '../adapters/sql/database.ts'
import type { Clock } from '../kernel/clock.ts'
import { createSecrets, type Secrets } from '../secrets/index.ts'
import { createSealedSecrets } from '../secrets/store.sql.ts'
import type { Config } from './config.ts'

/** Opens the secrets; a key that does not open what is sealed is better found out now than in the middle of an incident. */
export async function openSecrets(config: Config, database: Database, clock: Clock): Promise<Secrets> {
  const masterKey = await loadMasterKey({
    ...(config.masterKey === null ? {} : { masterKey: config.masterKey }),
    dataDirectory: config.dataDirectory,
  })
  const secrets = createSecrets({ store: createSecretStore(createSealedSecrets(database), masterKey, clock) })
  const [sealed] = await secrets.list()
  if (sealed) await secrets.get(sealed.name, sealed.fields[0] ?? '')
  return secrets
}
