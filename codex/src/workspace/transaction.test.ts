import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { sha256 } from '../kernel/sha256.ts'
import { withLock } from './lock.ts'
import { commitChanges, hasPending, recover } from './transaction.ts'
import { workspaceAt } from './workspace.ts'

const source = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const intent = (changes: { path: string; before: string | undefined; after: string }[]) =>
  JSON.stringify(
    changes.map((each) => ({ ...each, before: each.before === undefined ? null : sha256(each.before) })),
  )

describe('a change of several files', () => {
  test('is written whole and leaves nothing else behind', () => {
    using place = scratch({ a: 'old a' })
    const workspace = workspaceAt(place.root)
    commitChanges(workspace, [
      { path: 'a', before: 'old a', after: 'new a' },
      { path: 'deep/b', before: undefined, after: 'new b' },
    ])
    expect([place.read('a'), place.read('deep/b')]).toEqual(['new a', 'new b'])
    expect(hasPending(workspace)).toBe(false)
    expect(readdirSync(place.root).toSorted()).toEqual(['a', 'ai', 'deep'])
  })

  test('is refused as a whole when one file is not what it was', () => {
    using place = scratch({ a: 'old a', b: 'edited' })
    const attempt = () =>
      commitChanges(workspaceAt(place.root), [
        { path: 'a', before: 'old a', after: 'new a' },
        { path: 'b', before: 'old b', after: 'new b' },
      ])
    expect(attempt).toThrow(/b was changed by someone else/)
    expect([place.read('a'), place.read('b')]).toEqual(['old a', 'edited'])
  })

  test('that a crash cut off is finished by the next writer', () => {
    using place = scratch({ a: 'new a', b: 'old b' })
    const workspace = workspaceAt(place.root)
    const changes = [
      { path: 'a', before: 'old a', after: 'new a' },
      { path: 'b', before: 'old b', after: 'new b' },
      { path: 'c', before: undefined, after: 'new c' },
    ]
    place.write('ai/state/.local/pending.json', intent(changes))
    expect(recover(workspace)).toEqual({ finished: ['b', 'c'], leftAlone: [] })
    expect([place.read('b'), place.read('c')]).toEqual(['new b', 'new c'])
    expect(recover(workspace)).toEqual({ finished: [], leftAlone: [] })
  })

  test('leaves a file alone that someone changed since, and keeps what was meant for it', () => {
    using place = scratch({ b: 'by hand' })
    place.write('ai/state/.local/pending.json', intent([{ path: 'b', before: 'old b', after: 'new b' }]))
    const { leftAlone } = recover(workspaceAt(place.root))
    expect(leftAlone).toEqual([{ path: 'b', meant: 'ai/state/.local/unfinished/b' }])
    expect([place.read('b'), place.read('ai/state/.local/unfinished/b')]).toEqual(['by hand', 'new b'])
  })

  test('killed at any moment leaves all files old or all new once it is recovered', {
    timeout: 120_000,
  }, async () => {
    using place = scratch({ a: '0', b: '0', c: '0' })
    const workspace = workspaceAt(place.root)
    const script = `
      import { withLock } from '${source('lock.ts')}'
      import { commitChanges, recover } from '${source('transaction.ts')}'
      import { workspaceAt } from '${source('workspace.ts')}'
      import { readFileSync } from 'node:fs'
      const workspace = workspaceAt('${place.root}')
      await withLock(workspace, async () => recover(workspace))
      process.stdout.write('ready')
      for (;;) await withLock(workspace, async () => {
        const before = readFileSync(workspace.at('a'), 'utf8')
        const after = String(Number(before) + 1)
        commitChanges(workspace, ['a', 'b', 'c'].map((path) => ({ path, before, after })))
      })`
    for (let round = 0; round < 6; round += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
      await once(child.stdout, 'data')
      // A busy machine writes slowly: the moment of death is counted from when it does write.
      const written = Number(place.read('a'))
      await expect.poll(() => Number(place.read('a')), { timeout: 20_000 }).toBeGreaterThan(written)
      await new Promise((resolve) => setTimeout(resolve, 7 * round))
      child.kill('SIGKILL')
      await once(child, 'exit')
      await withLock(workspace, async () => recover(workspace))
      const [a, b, c] = [place.read('a'), place.read('b'), place.read('c')]
      expect([b, c]).toEqual([a, a])
    }
    expect(Number(place.read('a'))).toBeGreaterThan(5)
  })
})

describe('the lock', () => {
  test('lets one in at a time, in one process and in several', async () => {
    using place = scratch()
    const workspace = workspaceAt(place.root)
    let inside = 0
    let most = 0
    const work = () =>
      withLock(workspace, async () => {
        inside += 1
        most = Math.max(most, inside)
        await new Promise((resolve) => setTimeout(resolve, 5))
        inside -= 1
      })
    await Promise.all(Array.from({ length: 6 }, work))
    expect(most).toBe(1)
  })

  test('says so when another one holds it too long, and is free again when its holder is killed', async () => {
    using place = scratch()
    const workspace = workspaceAt(place.root)
    const script = `
      import { withLock } from '${source('lock.ts')}'
      import { workspaceAt } from '${source('workspace.ts')}'
      await withLock(workspaceAt('${place.root}'), async () => {
        process.stdout.write('held')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      })`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script])
    await once(child.stdout, 'data')
    await expect(withLock(workspace, async () => {}, 60)).rejects.toMatchObject({
      code: 'busy',
      fate: 'operational',
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await expect(withLock(workspace, async () => 'in')).resolves.toBe('in')
  })

  test('is ignored by git', async () => {
    using place = scratch()
    place.git('init', '--quiet')
    await withLock(workspaceAt(place.root), async () => {})
    expect(place.git('status', '--porcelain')).toBe('')
  })
})

test('a checkout that may not be written is refused in words', () => {
  using place = scratch({ a: 'old' })
  chmodSync(place.root, 0o555)
  const script = `
    process.setuid?.(65534)
    const { withLock } = await import('${source('lock.ts')}')
    const { workspaceAt } = await import('${source('workspace.ts')}')
    await withLock(workspaceAt('${place.root}'), async () => {}).catch((error) => console.log(error.code, error.message))`
  // Root may write anywhere, so the attempt is made as nobody.
  const asNobody = process.getuid?.() === 0 ? script : script.replace('process.setuid?.(65534)', '')
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', asNobody], {
    encoding: 'utf8',
  })
  chmodSync(place.root, 0o755)
  expect(stdout).toMatch(/^read_only .* may not be written \(EACCES\)\. Make the checkout writable/)
})
