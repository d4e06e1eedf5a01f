import type { lookup } from 'node:dns'
import { expect, test } from 'vitest'
import { guardedLookup } from './guard.ts'

/** A name server that gives these addresses for any name. */
function resolving(...addresses: string[]) {
  const resolve = ((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup
  return (all: boolean) =>
    new Promise((resolved, reject) =>
      guardedLookup(resolve)('name.test', { all }, (error, address, family) =>
        error ? reject(error) : resolved([address, family]),
      ),
    )
}

test('a name that resolves to ordinary addresses gives them', async () => {
  expect(await resolving('10.0.0.1')(false)).toEqual(['10.0.0.1', 4])
  expect(await resolving('10.0.0.1', '::1')(true)).toEqual([
    [
      { address: '10.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ],
    undefined,
  ])
})

test.each([
  ['169.254.169.254'],
  ['::ffff:169.254.169.254'],
  ['fd00:ec2::254'],
  ['93.184.216.34', '169.254.1.1'],
])('a name that resolves to %s is refused', async (...addresses) => {
  await expect(resolving(...addresses)(true)).rejects.toThrow('where clouds keep their metadata')
  await expect(resolving(...addresses)(false)).rejects.toThrow('where clouds keep their metadata')
})
