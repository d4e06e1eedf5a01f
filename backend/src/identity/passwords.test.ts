import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createPasswords, usualCost } from './passwords.ts'

describe('passwords', () => {
  it('are kept as argon2id, salted, at the cost that is recommended', async () => {
    const passwords = createPasswords(usualCost, randomBytes)
    const [one, two] = [await passwords.hash('same'), await passwords.hash('same')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await passwords.verify(one, 'same')).toBe(true)
    expect(await passwords.verify(one, 'Same')).toBe(false)
  })

  it('are never right for a user that is unknown', async () => {
    const known = Buffer.alloc(32, 'a')
    const passwords = createPasswords({ memoryKib: 64, passes: 1 }, () => known)
    expect(await passwords.verify(null, known.toString())).toBe(false)
    expect(await passwords.verify(null, '')).toBe(false)
  })
})
