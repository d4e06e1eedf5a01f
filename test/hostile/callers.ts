import type { User } from '@sre-toolbox/contract/identity'
import { loadPersonas } from '../../codex/src/personas/load-personas.ts'
import { type Api, bearer, cookie, makeToken, signIn } from '../support/api.ts'
import type { Toolbox } from '../support/toolbox.ts'
import type { Rights } from './expected.ts'

/** Somebody with one of the ways to vouch for oneself. */
export interface Caller {
  readonly name: string
  readonly rights: Rights
  readonly api: Api
  /** A cookie without what shows that a page of ours sent it. */
  readonly forged: boolean
}

const scope = ['jobs.*', 'auth.me', 'regex.match', 'events.stream']
const password = 'a password of the matrix'
const people: readonly { name: string; roles: readonly string[]; superuser: boolean }[] = [
  { name: 'no-role', roles: [], superuser: false },
  { name: 'toolkit.user', roles: ['toolkit.user'], superuser: false },
  { name: 'toolkit.curator', roles: ['toolkit.curator'], superuser: false },
  { name: 'system.admin', roles: ['system.admin'], superuser: false },
  { name: 'superuser', roles: [], superuser: true },
]

/** Everybody in every way: anonymous, and each role by cookie, token, scoped token and the token of each persona. */
export async function everyCaller({ api, anyone }: Toolbox): Promise<Caller[]> {
  const nobody: Rights = {
    signedIn: false,
    byToken: false,
    superuser: false,
    roles: [],
    scope: null,
    persona: null,
  }
  const everybody = await Promise.all(people.map((person) => waysOf(api, anyone, person)))
  return [{ name: 'anonymous', rights: nobody, api: anyone, forged: false }, ...everybody.flat()]
}

async function waysOf(
  admin: Api,
  anyone: Api,
  { name, roles, superuser }: (typeof people)[number],
): Promise<Caller[]> {
  const body = { username: name, password, roles, superuser, summary: 'a caller of the matrix' }
  await admin.ask<{ user: User }>('POST', '/api/users', { body })
  const session = await signIn(anyone, name, password)
  // Of its own: signing out by the one cookie must not make a stranger of the other.
  const forged = await signIn(anyone, name, password)
  const inSession = anyone.as(cookie(session))
  const rights: Rights = { signedIn: true, byToken: false, superuser, roles, scope: null, persona: null }
  const byToken = async (way: string, wanted: Parameters<typeof makeToken>[1], more: Partial<Rights>) => ({
    name: `${name} by ${way}`,
    rights: { ...rights, byToken: true, ...more },
    api: anyone.as(bearer(await makeToken(inSession, wanted))),
    forged: false,
  })
  return [
    { name: `${name} by cookie`, rights, api: inSession, forged: false },
    { name: `${name} by forged cookie`, rights, api: anyone.as({ cookie: forged }), forged: true },
    await byToken('token', {}, {}),
    await byToken('scoped token', { operations: scope }, { scope }),
    ...(await Promise.all(
      loadPersonas().map((persona) =>
        byToken(`persona ${persona.slug}`, { persona: persona.slug }, { persona }),
      ),
    )),
  ]
}
