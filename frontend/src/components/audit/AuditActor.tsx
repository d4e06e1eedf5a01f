import type { AuditEntry } from '@sre-toolbox/contract/audit'

const kinds = { user: null, token: null, system: 'the product itself', anonymous: 'not signed in' } as const

/** Who, and on whose behalf. */
export function AuditActor({ actor }: { actor: AuditEntry['actor'] }) {
  const behalf = [actor.token && `token ${actor.token}`, actor.persona && `persona ${actor.persona}`]
  const note = behalf.filter(Boolean).join(', ') || kinds[actor.kind]
  return (
    <>
      {actor.name} {note && <span className="soft">{note}</span>}
    </>
  )
}
