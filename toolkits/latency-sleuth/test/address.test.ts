import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAddress } from '../ui/address.ts'

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../toolkit.json'), 'utf8')) as {
  operations: { id: string; input: { properties: { url?: { pattern: string } } } }[]
}
const { pattern } = manifest.operations.find(({ id }) => id === 'probe')?.input.properties.url ?? {
  pattern: '',
}

describe('the address that is typed for a probe', () => {
  it.each(['http://localhost:8080', 'https://example.org/', 'https://example.org?q=1', 'http://[::1]:80/x'])(
    'may be %s',
    (text) => expect([isAddress(text), new RegExp(pattern).test(text)]).toEqual([true, true]),
  )

  it.each(['example.org', 'ftp://example.org/', 'https://', 'https://user@example.org/', 'http://a b/'])(
    'is told to be wrong before it is sent: %s',
    (text) => expect([isAddress(text), new RegExp(pattern).test(text)]).toEqual([false, false]),
  )

  it('is told to be wrong when it only looks like one', () => {
    expect(isAddress('http://example.org:port/')).toBe(false)
  })
})
