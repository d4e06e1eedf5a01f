import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createStage, freePort } from './stage.ts'

const PARENT_OF_SLEEPER = `
const { spawn } = require('node:child_process')
const child = spawn('sleep', ['1000'], { stdio: 'ignore' })
console.log('child', child.pid)
process.on('SIGTERM', () => process.exit(0))
setInterval(() => {}, 1000)
`

// A killed process stays in the table until init collects it; such a zombie runs no more.
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.trim() !== '' && !stdout.startsWith('Z')
}

test('closing the stage ends the programs it started, their children too, and removes its directories', async () => {
  const stage = createStage()
  const directory = stage.tempDir()
  const service = stage.start('parent', process.execPath, ['-e', PARENT_OF_SLEEPER])
  await service.ready(async () => service.output().includes('child'), 5_000)
  const grandchild = Number(/child (\d+)/.exec(service.output())?.[1])
  expect(isAlive(grandchild)).toBe(true)

  await stage.close()
  await expect.poll(() => isAlive(service.pid) || isAlive(grandchild)).toBe(false)
  expect(existsSync(directory)).toBe(false)
})

test('a program that ends before it is ready is reported with what it said', async () => {
  const stage = createStage()
  const service = stage.start('faulty', process.execPath, [
    '-e',
    'console.error("no such broker"); process.exit(3)',
  ])
  await expect(service.ready(async () => false, 5_000)).rejects.toThrow(
    /faulty: .*exit code 3.*no such broker/s,
  )
  await stage.close()
})

test('a program that does not exist is reported, not thrown about', async () => {
  const stage = createStage()
  const service = stage.start('absent', '/nonexistent/program', [])
  await expect(service.ready(async () => false, 5_000)).rejects.toThrow('ENOENT')
  await stage.close()
})

test('a program run to its end gives what it printed, or its last words when it failed', async () => {
  const stage = createStage()
  expect(await stage.run('cat', [], { input: 'hello' })).toBe('hello')
  await expect(stage.run('sh', ['-c', 'echo broken >&2; exit 4'])).rejects.toThrow(/4:\nbroken/)
  await stage.close()
})

test('a free port can be listened on', async () => {
  expect(await freePort()).toBeGreaterThan(1023)
})
