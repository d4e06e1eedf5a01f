import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { productGuides } from '../../compose/product.ts'
import { createLibrary, type Library } from '../library.ts'
import { parseGuide } from '../parse-guide.ts'
import { readGuides } from '../read-guides.ts'

const root = join(import.meta.dirname, '../../../..')
const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** The guides as the product has them, those of its toolkits among them. */
export async function productLibrary(): Promise<Library> {
  const toolkits = globSync('toolkits/*/docs', { cwd: root }).map((path) => {
    const toolkit = basename(dirname(path))
    return {
      place: join(root, path),
      path,
      name: `toolkits/${toolkit}`,
      group: 'Toolkits',
      toolkit,
      version: '',
    }
  })
  const files = await Promise.all([...productGuides, ...toolkits].map((source) => readGuides(source, silent)))
  return createLibrary(files.flat().map(parseGuide))
}
