import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { reapOrphans } from './index.ts'
import { createScene, isAlive, until } from './test/scene.ts'

const doomed = fileURLToPath(new URL('./test/doomed-control-plane.ts', import.meta.url))
const announce =
  'progress({ message: String(process.pid) }); await new Promise((resolve) => setTimeout(resolve, 50))'

/** Starts a control plane with toolkit processes, kills it, and answers their pids. */
async function leaveBehind(root: string, operations: readonly string[]) {
  const run = join(root, 'doomed-run')
  const controlPlane = spawn(process.execPath, [
    '--no-warnings',
    doomed,
    join(root, 'source/sample'),
    join(root, 'doomed'),
    run,
    ...operations,
  ])
  const pids: number[] = []
  createInterface(controlPlane.stdout).on('line', (line) => pids.push(Number(line)))
  controlPlane.stderr.pipe(process.stderr)
  await until(() => pids.length === operations.length)
  await new Promise((resolve) => setTimeout(resolve, 200))
  controlPlane.kill('SIGKILL')
  return { run, pids }
}

test('a host ends by itself when its control plane is killed; one in an endless loop is killed at the next start', async () => {
  await using scene = await createScene()
  await scene.install('sample', {
    wait: `async (_input, { progress }: ToolkitContext) => { ${announce}; await new Promise(() => {}) }`,
    loop: `async (_input, { progress }: ToolkitContext) => { ${announce}; for (;;); }`,
  })
  const waiting = await leaveBehind(scene.root, ['wait'])
  await until(() => !waiting.pids.some(isAlive))
  expect(reapOrphans(waiting.run)).toEqual([])

  const { run, pids } = await leaveBehind(scene.root, ['loop'])
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(pids.map(isAlive)).toEqual([true])
  expect(reapOrphans(run)).toEqual(pids)
  await until(() => !pids.some(isAlive))
  expect(readdirSync(run)).toEqual([])
})

test('a pid that now belongs to another process is left alone', async () => {
  await using scene = await createScene()
  const run = join(scene.root, 'stale')
  mkdirSync(run)
  const gone = { pid: 2 ** 22 + 1, started: '1', boot: 'x' }
  writeFileSync(
    join(run, 'child-1.json'),
    JSON.stringify({ child: { pid: process.pid, started: '1', boot: 'x' }, parent: gone }),
  )
  writeFileSync(join(run, 'child-2.json'), 'no JSON')
  expect(reapOrphans(run)).toEqual([])
  expect(readdirSync(run)).toEqual([])
})

test('hosts of a control plane that lives are left alone', async () => {
  await using scene = await createScene()
  const code = await scene.install('sample', { pid: '() => process.pid' })
  const pid = (await scene.call(code, 'pid')) as number
  const run = join(scene.root, 'run')
  expect(JSON.parse(readFileSync(join(run, `child-${pid}.json`), 'utf8'))).toMatchObject({
    child: { pid },
    parent: { pid: process.pid },
  })
  expect(reapOrphans(run)).toEqual([])
  expect(isAlive(pid)).toBe(true)
  await scene.hosts.close()
  expect(readdirSync(run)).toEqual([])
})
