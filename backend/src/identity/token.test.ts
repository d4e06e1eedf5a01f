import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isWellFormed, newToken, tokenPrefix } from './token.ts'

describe('an API token', () => {
  it('is recognised by its prefix and its checksum', () => {
    const token = newToken(randomBytes)
    expect(token).toMatch(/^tbx_[A-Za-z0-9_-]{49}$/)
    expect(isWellFormed(token)).toBe(true)
    expect(tokenPrefix(token)).toBe(token.slice(0, 10))
  })

  it('is known as mistyped when any character differs, or it was cut off', () => {
    const token = newToken(randomBytes)
    for (let place = 0; place < token.length; place++) {
      const other = token[place] === 'a' ? 'b' : 'a'
      expect(isWellFormed(token.slice(0, place) + other + token.slice(place + 1))).toBe(false)
    }
    for (const wrong of ['', 'tbx_', token.slice(0, -1), `${token}a`, ` ${token}`, `${token}\n`]) {
      expect(isWellFormed(wrong)).toBe(false)
    }
  })

  it('holds 256 bits that are never the same', () => {
    expect(new Set(Array.from({ length: 100 }, () => newToken(randomBytes))).size).toBe(100)
  })
})
