import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { materialise } from './materialise.ts'

let root: string
let source: string
let storage: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'toolbox-materialise-'))
  source = join(root, 'source')
  storage = join(root, 'storage')
  mkdirSync(join(source, 'server'), { recursive: true })
  writeFileSync(join(source, 'toolkit.json'), '{}')
  writeFileSync(join(source, 'server/index.ts'), 'export const one: number = 1\n')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const run = (limits = {}) => materialise({ slug: 'sample', source, storage, limits })

test('code is stored under its digest, without types, under the same names, read-only', async () => {
  const { digest, directory } = await run()
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  expect(directory).toBe(join(storage, 'sample', digest))
  expect(readFileSync(join(directory, 'server/index.ts'), 'utf8')).toBe('export const one         = 1\n')
  expect(statSync(join(directory, 'server/index.ts')).mode & 0o777).toBe(0o444)
})

test('the same content gives the same digest, another name or byte another', async () => {
  const first = await run()
  expect(await run()).toEqual(first)
  writeFileSync(join(source, 'extra.txt'), '')
  const second = await run()
  writeFileSync(join(source, 'extra.txt'), '1')
  const third = await run()
  expect(new Set([first.digest, second.digest, third.digest]).size).toBe(3)
})

test('many at once agree, and leave nothing unfinished behind', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => run()))
  expect(new Set(all.map(({ directory }) => directory)).size).toBe(1)
  expect(readdirSync(join(storage, 'sample'))).toEqual([all[0]?.digest])
})

test('dot files and installed packages are left out', async () => {
  const { digest } = await run()
  mkdirSync(join(source, 'node_modules/left'), { recursive: true })
  writeFileSync(join(source, 'node_modules/left/index.js'), '')
  writeFileSync(join(source, '.env'), 'PASSWORD=1')
  expect((await run()).digest).toBe(digest)
})

test.each([
  ['a link to a file', () => symlinkSync('/etc/passwd', join(source, 'link')), {}, 'link is a symbolic link'],
  [
    'a link to a directory',
    () => symlinkSync('/etc', join(source, 'server/etc')),
    {},
    'server/etc is a symbolic link',
  ],
  [
    'a file that is too large',
    () => writeFileSync(join(source, 'big'), 'x'.repeat(1001)),
    { maxFileBytes: 1000 },
    'big has 1001 bytes; a file may have at most 1000',
  ],
  [
    'too much in all',
    () => writeFileSync(join(source, 'big'), 'x'.repeat(1000)),
    { maxBytes: 1000 },
    'more than 1000 bytes',
  ],
  ['too many files', () => writeFileSync(join(source, 'third'), ''), { maxFiles: 2 }, 'more than 2 files'],
  [
    'TypeScript that is not erasable',
    () => writeFileSync(join(source, 'server/index.ts'), 'enum Colour { Red }'),
    {},
    'server/index.ts is not TypeScript that Node can run',
  ],
  [
    'broken code',
    () => writeFileSync(join(source, 'server/index.ts'), 'const = 1'),
    {},
    'server/index.ts is not TypeScript that Node can run',
  ],
])('%s is refused, and nothing is left behind', async (_what, prepare, limits, says) => {
  prepare()
  await expect(run(limits)).rejects.toMatchObject({
    code: 'validation_failed',
    message: expect.stringContaining(says),
  })
  expect(
    readdirSync(root, { recursive: true }).filter((name) => String(name).startsWith('storage/sample/')),
  ).toEqual([])
})
