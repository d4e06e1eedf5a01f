import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')

/** The folders of the tree, in full: a name below another is indented by two. */
function foldersOf(tree: string): string[] {
  let parent = ''
  return tree.split('\n').flatMap((line) => {
    const [, indent, name] = /^( {2})?([a-z][\w/-]*\/)(?: |$)/.exec(line) ?? []
    if (name === undefined) return []
    const path = indent === undefined ? name : parent + name
    if (indent === undefined) parent = name
    const beside = [...line.matchAll(/ {4,}([a-z]+\/) /g)].map(([, other]) => (indent ? parent : '') + other)
    return [path, ...beside.filter((other) => other !== path)]
  })
}

const folders = foldersOf(text.split('```')[1] ?? '')

describe('ARCHITECTURE.md', () => {
  it('names only folders that there are', () => {
    expect(folders.length).toBeGreaterThan(20)
    expect(folders.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('leaves out no part of the control plane', () => {
    const parts = readdirSync(join(root, 'backend/src'), { withFileTypes: true })
    const unnamed = parts.filter(
      (entry) => entry.isDirectory() && !folders.includes(`backend/src/${entry.name}/`),
    )
    expect(unnamed.map(({ name }) => name)).toEqual([])
  })

  it('traces a request through files that there are', () => {
    const files = [...text.matchAll(/`([\w/-]+\.ts)`/g)].map(([, path]) => path as string)
    const places = ['', 'backend/src']
    expect(files.length).toBeGreaterThan(5)
    expect(
      files.filter(
        (path) => path.includes('/') && !places.some((place) => existsSync(join(root, place, path))),
      ),
    ).toEqual([])
  })
})

describe('docs/decisions', () => {
  it('has a number for one decision alone', () => {
    const numbers = readdirSync(join(root, 'docs/decisions')).map((name) => name.slice(0, 4))
    expect(numbers.filter((number) => !/^\d{4}$/.test(number))).toEqual([])
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([])
  })
})
