import { describe, expect, it } from 'vitest'
import { redact, redactText } from './redact.ts'

const hidden = '[redacted]'

describe('redaction', () => {
  it.each([
    'password',
    'currentPassword',
    'passwd',
    'passphrase',
    'secret',
    'client_secret',
    'clientSecret',
    'token',
    'accessToken',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'apiKey',
    'API_KEY',
    'x-api-key',
    'private key',
    'privateKey',
    'PRIVATE_KEY',
    'secretAccessKey',
    'credentials',
    'dbPassword1',
  ])('hides the value of %s, at any depth', (name) => {
    expect(redact({ [name]: 'canary' })).toEqual({ [name]: hidden })
    expect(redact({ a: [{ b: { [name]: 'canary' } }] })).toEqual({ a: [{ b: { [name]: hidden } }] })
    expect(redact({ [name]: { inner: ['canary', 4711], on: true, none: null } })).toEqual({
      [name]: { inner: [hidden, hidden], on: true, none: null },
    })
  })

  it('keeps what only speaks of a secret', () => {
    const input = {
      tokenId: 'a',
      secretName: 'auth/okta',
      slug: 'b',
      count: 3,
      tokenExpiresAt: 'c',
      passwordUrl: '/reset',
    }
    expect(redact(input)).toEqual(input)
  })

  it('keeps references, and nothing that only begins like one', () => {
    expect(redact({ password: 'secret:auth/okta#client_secret' })).toEqual({
      password: 'secret:auth/okta#client_secret',
    })
    expect(redact({ password: 'secret:auth/okta#client_secret and canary' })).toEqual({ password: hidden })
  })

  it('hides the value of a pair that is named like a secret', () => {
    expect(
      redact({
        headers: [
          { name: 'Authorization', value: 'canary' },
          { key: 'Accept', value: '*/*' },
        ],
      }),
    ).toEqual({
      headers: [
        { name: 'Authorization', value: hidden },
        { key: 'Accept', value: '*/*' },
      ],
    })
  })

  it.each([
    ['Bearer abcdefghijkl', `Bearer ${hidden}`],
    ['curl -H "authorization: basic YWRhOmNhbmFyeQ=="', `curl -H "authorization: basic ${hidden}"`],
    ['postgres://ada:canary@db:5432/x', `postgres://${hidden}@db:5432/x`],
    ['the token tbx_0123456789abcdefghijklmnopqrstuvwxyz is old', `the token ${hidden} is old`],
    ['-----BEGIN EC PRIVATE KEY-----\ncanary\n-----END EC PRIVATE KEY----- after', `${hidden} after`],
    ['-----BEGIN PRIVATE KEY-----\ncanary cut off', hidden],
  ])('hides what looks like a secret in text: %s', (text, clean) => {
    expect(redactText(text)).toBe(clean)
    expect(redact({ note: text })).toEqual({ note: clean })
    expect(JSON.stringify(redact({ [text]: true }))).not.toMatch(/canary|YWRh|0123/)
  })

  it('stops at a depth that no honest input has', () => {
    let deep: unknown = 'canary'
    for (let level = 0; level < 100_000; level++) deep = [deep]
    const text = JSON.stringify(redact(deep))
    expect(text).toContain('nested too deeply')
    expect(text).not.toContain('canary')
  })
})
