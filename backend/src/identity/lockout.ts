import type { Clock } from '../kernel/clock.ts'
import { ToolboxError } from '../kernel/errors.ts'
import type { IdentityStore } from './ports.ts'

/** Attempts that fail before the first wait, and how the wait grows: it doubles with every failure. */
export interface LockoutPolicy {
  readonly free: number
  readonly firstMs: number
  readonly longestMs: number
  /** Failures are forgotten when none came for so long. */
  readonly forgetMs: number
}

const perUser: LockoutPolicy = { free: 5, firstMs: 5_000, longestMs: 900_000, forgetMs: 3_600_000 }
/** Wider, because a whole office may share an address. */
const perAddress: LockoutPolicy = { free: 30, firstMs: 5_000, longestMs: 60_000, forgetMs: 600_000 }

export function waitAfter(failures: number, { free, firstMs, longestMs }: LockoutPolicy): number {
  return failures < free ? 0 : Math.min(firstMs * 2 ** (failures - free), longestMs)
}

export interface Lockout {
  /**
   * Counts an attempt before its password is looked at, so that many at once can't slip through; throws
   * `rate_limited` while it must wait.
   */
  admit(attempt: { username: string; address: string }): Promise<void>
  /** Until when sign-ins of these users must wait, for those that must. */
  lockedUntil(usernames: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** The password was right. */
  forgive(attempt: { username: string; address: string }): Promise<void>
}

export function createLockout(deps: { store: IdentityStore; clock: Clock }): Lockout {
  const { store, clock } = deps

  async function count(subject: string, policy: LockoutPolicy): Promise<void> {
    const now = clock.now()
    const lockedUntil = await store.countAttempt({
      subject,
      now,
      forgetBefore: now - policy.forgetMs,
      waitAfter: (failures) => waitAfter(failures, policy),
    })
    if (lockedUntil === null) return
    const retryAfterSeconds = Math.max(1, Math.ceil((lockedUntil - now) / 1000))
    throw new ToolboxError(
      'rate_limited',
      `Too many failed attempts for this user or from this address. Try again in ${retryAfterSeconds} s.`,
      { retryAfterSeconds },
    )
  }

  return {
    async admit({ username, address }) {
      await count(addressSubject(address), perAddress)
      await count(userSubject(username), perUser)
    },
    async lockedUntil(usernames) {
      const locks = await store.locks(usernames.map(userSubject), clock.now())
      return new Map(usernames.flatMap((name) => withLock(name, locks.get(userSubject(name)))))
    },
    // An address is only given back the one attempt: knowing one password must not help to guess others.
    forgive: ({ username, address }) =>
      store.forgiveAttempts({ clear: userSubject(username), giveBack: addressSubject(address) }),
  }
}

function withLock(username: string, until: number | undefined): [string, number][] {
  return until === undefined ? [] : [[username, until]]
}
const userSubject = (username: string) => `user:${username}`
const addressSubject = (address: string) => `address:${address}`
