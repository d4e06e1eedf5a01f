import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { exitCodes, exitCodesHelp } from '../exit-codes.ts'
import { type RealToolbox, startRealToolbox } from './real-toolbox.ts'
import { runToolbox } from './run-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

let server: RealToolbox
beforeAll(async () => {
  server = await startRealToolbox()
  await server.signIn()
})
afterAll(() => server[Symbol.asyncDispose]())

describe.concurrent('serve', () => {
  it('stops with exit code 0 when it is told to', async () => {
    await using directory = await temporaryDirectory()
    const { code, stdout } = await runToolbox(['serve', '--port', '0', '--data-dir', directory.path], {
      env: { LOG_LEVEL: 'error' },
      whileRunning: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(stdout).toMatch(/ready at http/)
    expect(code).toBe(0)
  })

  it('names every fault of its configuration, by setting', async () => {
    const { code, stderr } = await runToolbox(['serve', '--port', '99999', '--roles', 'cook'])
    expect(code).toBe(exitCodes.usage)
    expect(stderr).toMatch(/^ {2}PORT: .*\n {2}TOOLBOX_ROLES: /m)
  })

  it('refuses a data directory that another process uses', async () => {
    const { code, stderr } = await runToolbox(['serve', '--port', '0', '--data-dir', server.dataDirectory])
    expect(code).toBe(exitCodes.conflict)
    expect(stderr).toMatch(/in use by process \d+/)
  })

  it('refuses a port that is taken, and ends', async () => {
    await using directory = await temporaryDirectory()
    const { port } = new URL(server.url)
    const args = ['serve', '--port', port, '--data-dir', directory.path]
    const { code, stderr } = await runToolbox(args, { env: { LOG_LEVEL: 'error' } })
    expect(code).toBe(exitCodes.conflict)
    expect(stderr).toContain(`:${port} is taken`)
  })
})

describe.concurrent('backup and restore', () => {
  it('copy the database while the server runs, and put it elsewhere', async () => {
    await using directory = await temporaryDirectory()
    const [file, target] = [join(directory.path, 'backup.db'), join(directory.path, 'restored')]
    const backup = await runToolbox(['backup', file, '--data-dir', server.dataDirectory])
    expect(backup).toMatchObject({ code: 0, stderr: '' })
    expect(backup.stdout).toContain('keep the master key')
    expect(await runToolbox(['restore', file, '--data-dir', target])).toMatchObject({ code: 0, stderr: '' })

    const again = await runToolbox(['restore', file, '--data-dir', target])
    expect(again).toMatchObject({ code: exitCodes.conflict, stdout: '' })
    const forced = await runToolbox(['restore', file, '--data-dir', target, '--force', '--json'])
    expect(JSON.parse(forced.stdout).replaced).toContain(target)
  })

  it('refuse to restore under a running server, to overwrite a backup, and what is no backup', async () => {
    await using directory = await temporaryDirectory()
    const file = join(directory.path, 'backup.db')
    const restore = (source: string, ...more: string[]) =>
      runToolbox(['restore', source, '--data-dir', server.dataDirectory, ...more])
    const backup = () => runToolbox(['backup', file, '--data-dir', server.dataDirectory])
    await backup()
    expect((await restore(file, '--force')).code).toBe(exitCodes.conflict)
    expect((await backup()).code).toBe(exitCodes.conflict)
    expect((await restore('/etc/passwd')).code).toBe(exitCodes.usage)
  })

  it('leave PostgreSQL to its own tools', async () => {
    const env = { DATABASE_URL: 'postgres://localhost/none' }
    const { code, stderr } = await runToolbox(['backup', 'never.db'], { env })
    expect(code).toBe(exitCodes.usage)
    expect(stderr).toContain('pg_dump')
  })
})

it('documents the same exit codes in the README as in its help', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  for (const [, code, meaning] of exitCodesHelp.matchAll(/^ +(\d+) {2}(.+?)(?:,? as in .*)?$/gm)) {
    expect(readme).toContain(`| ${code} | ${meaning}`)
  }
})
