import { randomBytes } from 'node:crypto'
import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary.ts'
import { loadMasterKey } from './master-key.ts'

describe('the master key', () => {
  it('is taken as configured: base64, base64url or hex, with no file made', async () => {
    await using directory = await temporaryDirectory()
    const key = randomBytes(32)
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      const masterKey = ` ${key.toString(encoding)}\n`
      expect(await loadMasterKey({ masterKey, dataDirectory: directory.path })).toEqual(key)
    }
    expect(await readdir(directory.path)).toEqual([])
  })

  it.each([
    'short',
    'a'.repeat(63),
    'g'.repeat(64),
    randomBytes(16).toString('base64'),
    randomBytes(33).toString('base64'),
  ])('is refused when malformed, without being repeated: %s', async (masterKey) => {
    const error = await loadMasterKey({ masterKey, dataDirectory: '/nowhere' }).catch((thrown) => thrown)
    expect(error).toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/TOOLBOX_MASTER_KEY.*openssl/),
    })
    expect(error.message).not.toContain(masterKey.slice(0, 40))
  })

  it('is made once in the data directory, for its owner alone', async () => {
    await using directory = await temporaryDirectory()
    const from = { dataDirectory: directory.path }
    const keys = await Promise.all(Array.from({ length: 5 }, () => loadMasterKey(from)))
    for (const key of [...keys, await loadMasterKey(from)]) expect(key).toEqual(keys[0])
    expect(keys[0]).toHaveLength(32)
    expect(await readdir(directory.path)).toEqual(['master.key'])
    expect((await stat(join(directory.path, 'master.key'))).mode & 0o777).toBe(0o600)
  })

  it('is refused when everybody can read its file, or the file holds something else', async () => {
    await using directory = await temporaryDirectory()
    const path = join(directory.path, 'master.key')
    await loadMasterKey({ dataDirectory: directory.path })
    await chmod(path, 0o644)
    await expect(loadMasterKey({ dataDirectory: directory.path })).rejects.toMatchObject({
      message: expect.stringContaining(`chmod 600 ${path}`),
    })
    await chmod(path, 0o600)
    await writeFile(path, 'nonsense')
    await expect(loadMasterKey({ dataDirectory: directory.path })).rejects.toMatchObject({
      message: expect.stringContaining(`${path} is not a master key`),
    })
  })

  it('says where it could not be written', async () => {
    await using directory = await temporaryDirectory()
    await expect(loadMasterKey({ dataDirectory: join(directory.path, 'missing') })).rejects.toMatchObject({
      code: 'validation_failed',
      message: expect.stringMatching(/can't be written to .*missing.*TOOLBOX_MASTER_KEY/),
    })
  })
})
