import { expect, it } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { readConfig } from './config.ts'
import { createEmbeddedApp } from './embedded.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

it('lets go of the data directory when it can not be wired', async () => {
  await using directory = await temporaryDirectory()
  const create = (settings: Record<string, string>) =>
    createEmbeddedApp(readConfig({ port: 0, dataDirectory: directory.path }, settings), silent)
  await expect(create({ TOOLBOX_MASTER_KEY: 'too short' })).rejects.toThrow('not a master key')
  const app = await create({})
  await app.stop(0)
})
