import { identityOperations } from '@sre-toolbox/contract/identity'
import { type OpenDatabase, openTemporarySqlite } from '../../../../test/support/databases.ts'
import type { AuditRecord } from '../../kernel/audit-trail.ts'
import { anonymous, type Caller } from '../../kernel/caller.ts'
import { createIds } from '../../kernel/ids.ts'
import { createIdentity, type Identity } from '../index.ts'
import { createIdentityStore } from '../store.sql.ts'
import type { WantedUser } from '../users.ts'

export const password = 'correct horse battery'
export const address = '192.0.2.7'

const personas = [
  { name: 'Access Steward', operations: ['auth.me', 'users.*', 'tokens.*'], toolkitEffects: [] },
  { name: 'Documentation Guide', operations: ['documentation.*'], toolkitEffects: [] },
]

export interface IdentityFixture extends AsyncDisposable {
  readonly opened: OpenDatabase
  readonly identity: Identity
  /** Milliseconds; tests move it. */
  readonly clock: { time: number; now(): number }
  /** What identity itself put on the audit trail. */
  readonly entries: AuditRecord[]
  readonly personas: typeof personas
  user(changes?: Partial<WantedUser>): Promise<{ id: string; username: string }>
  /** The caller and the session secret of a fresh sign-in. */
  signedIn(username: string): Promise<{ caller: Caller; secret: string }>
  /** The caller that a token of `owner` makes. */
  byToken(owner: Caller, wanted?: Partial<Parameters<Identity['tokens']['create']>[1]>): Promise<Caller>
}

/** Identity on a SQLite of its own, with passwords that cost little. */
export async function openIdentity(given?: OpenDatabase): Promise<IdentityFixture> {
  const opened = given ?? (await openTemporarySqlite())
  const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time }
  const entries: AuditRecord[] = []
  const known = personas.map((persona) => ({ ...persona }))
  const identity = createIdentity({
    store: createIdentityStore(opened.db),
    clock,
    ids: createIds(clock),
    personas: {
      find: (name) => known.find((persona) => persona.name === name),
      names: () => known.map(({ name }) => name),
    },
    audit: {
      async record(entry) {
        entries.push(entry)
      },
    },
    operations: () => [...identityOperations.map(({ id }) => id), 'jobs.list', 'jobs.cancel'],
    passwordCost: { memoryKib: 64, passes: 1 },
  })
  return {
    opened,
    identity,
    clock,
    entries,
    personas: known,
    user: (changes = {}) =>
      identity.users.create({
        username: 'ada',
        password,
        roles: ['toolkit.user'],
        superuser: false,
        ...changes,
      }),
    async signedIn(username) {
      const from = { caller: anonymous(address), userAgent: 'test' }
      const { secret } = await identity.signIn({ username, password, provider: 'local' }, from)
      return { secret, caller: await identity.authenticate({ sessionSecret: secret, address }) }
    },
    async byToken(owner, wanted = {}) {
      const { token } = await identity.tokens.create(owner, { name: 'ci', ...wanted })
      return identity.authenticate({ bearer: token, address })
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
