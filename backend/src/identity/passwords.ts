import { hash, verify } from '@node-rs/argon2'

/** Argon2id; memory in KiB. */
export interface PasswordCost {
  readonly memoryKib: number
  readonly passes: number
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** With no hash (an unknown user) it takes as long and is never right. */
  verify(hash: string | null, password: string): Promise<boolean>
}

/** 19 MiB and two passes, as OWASP recommends; one lane, so that it fits one thread. */
export const usualCost: PasswordCost = { memoryKib: 19_456, passes: 2 }

export function createPasswords(
  { memoryKib, passes }: PasswordCost,
  random: (size: number) => Buffer,
): Passwords {
  // The library's algorithm is argon2id unless told otherwise.
  const options = { memoryCost: memoryKib, timeCost: passes, parallelism: 1 }
  const decoy = hash(random(32), options)
  return {
    hash: (password) => hash(password, options),
    async verify(known, password) {
      const right = await verify(known ?? (await decoy), password)
      return right && known !== null
    },
  }
}
