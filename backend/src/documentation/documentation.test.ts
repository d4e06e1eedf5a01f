import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TemporaryDirectory, temporaryDirectory } from '../../../test/support/temporary.ts'
import { createDocumentation } from './documentation.ts'
import type { GuideSource } from './ports.ts'

describe('the guides', () => {
  let directory: TemporaryDirectory
  beforeAll(async () => {
    directory = await temporaryDirectory()
    await mkdir(join(directory.path, 'regex/more'), { recursive: true })
    await writeFile(join(directory.path, 'regex/index.md'), '# Regex\n\nTries patterns.')
    await writeFile(join(directory.path, 'regex/more/flags.md'), '# Flags\n\nSome letters.')
    await writeFile(join(directory.path, 'regex/picture.svg'), '<svg/>')
    await writeFile(join(directory.path, 'README.md'), '# One file\n\nIt says something.')
    await writeFile(join(directory.path, 'large.md'), 'x'.repeat(256 * 1024 + 1))
  })
  afterAll(() => directory[Symbol.asyncDispose]())

  const source = (name: string, place: string, toolkit: string | null = null): GuideSource => ({
    place: join(directory.path, place),
    path: place,
    name,
    group: 'Guides',
    toolkit,
    version: '1',
  })

  function open() {
    const warned: string[] = []
    const toolkit = { enabled: true, version: '1' }
    const documentation = createDocumentation({
      sources: {
        offered: () => [
          source('one', 'README.md'),
          ...(toolkit.enabled
            ? [{ ...source('toolkits/regex', 'regex', 'regex'), version: toolkit.version }]
            : []),
          source('large', 'large.md'),
          source('gone', 'gone'),
        ],
        isDisabled: (slug) => slug === 'regex' && !toolkit.enabled,
      },
      logger: { debug() {}, info() {}, warn: (_, text) => void warned.push(text), error() {} },
    })
    const names = async () => (await documentation.library()).guides.map(({ summary }) => summary.guide)
    return { documentation, toolkit, names, warned }
  }

  it('are a file, or every Markdown file of a directory, whose index stands for it', async () => {
    const { names, warned } = open()
    expect(await names()).toEqual(['toolkits/regex/more/flags', 'one', 'toolkits/regex'])
    expect(warned.sort()).toEqual([
      'a guide is left out: it has more than 262144 bytes',
      'guides could not be read',
    ])
  })

  it('are read once, and again when toolkits come and go', async () => {
    const { documentation, toolkit } = open()
    const before = await documentation.library()
    expect(await documentation.library()).toBe(before)
    toolkit.version = '2'
    expect(await documentation.library()).not.toBe(before)
  })

  it('of a toolkit that is disabled are gone, and say so', async () => {
    const { documentation, toolkit, names } = open()
    expect((await documentation.guide('toolkits/regex')).summary.title).toBe('Regex')
    toolkit.enabled = false
    expect(await names()).toEqual(['one'])
    await expect(documentation.guide('/documentation/toolkits/regex')).rejects.toMatchObject({
      code: 'toolkit_disabled',
    })
    await expect(documentation.guide('toolkits/absent')).rejects.toMatchObject({ code: 'not_found' })
  })
})
