import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../../../../test/support/temporary.ts'
import { takeDataDirectory } from './lock.ts'

const module = new URL('./lock.ts', import.meta.url).href
const hold = (path: string) => `
  import { takeDataDirectory } from '${module}'
  takeDataDirectory(${JSON.stringify(path)})
  console.log('held')
  setInterval(() => {}, 1000)`

describe('the lock of the data directory', () => {
  it("refuses a second process with the holder's pid, and is free again after a SIGKILL", async () => {
    await using directory = await temporaryDirectory()
    const holder = spawn(process.execPath, ['--input-type=module', '-e', hold(directory.path)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    expect(() => takeDataDirectory(directory.path)).toThrow(`in use by process ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    takeDataDirectory(directory.path).release()
  })

  it('says what to do when the directory can not be made', async () => {
    await using directory = await temporaryDirectory()
    execFileSync('touch', [`${directory.path}/file`])
    expect(() => takeDataDirectory(`${directory.path}/file/data`)).toThrow(/can't be written .*--data-dir/)
    expect(() => takeDataDirectory('/proc/none/data')).toThrow(/can't be written .*--data-dir/)
  })
})
