import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../kernel/logger.ts'
import type { GuideFile, GuideSource } from './ports.ts'

/** What a guide may have, so that one file can't fill the memory. */
const maxBytes = 1024 ** 2
const maxFiles = 500

/** Reads the Markdown of a source. What can't be read is left out, and the log says so. */
export async function readGuides(source: GuideSource, logger: Logger): Promise<GuideFile[]> {
  try {
    if ((await stat(source.place)).isFile()) {
      return [{ source, path: source.path, name: source.name, text: await readFile(source.place, 'utf8') }]
    }
    const entries = await readdir(source.place, { recursive: true, withFileTypes: true })
    const found = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(source.place, '/').length))
      .sort()
    if (found.length > maxFiles)
      logger.warn({ path: source.path }, `only the first ${maxFiles} guides are shown`)
    const files = await Promise.all(found.slice(0, maxFiles).map((file) => readGuide(source, file, logger)))
    return files.filter((file) => file !== null)
  } catch (error) {
    logger.warn({ error, path: source.path }, 'guides could not be read')
    return []
  }
}

async function readGuide(source: GuideSource, file: string, logger: Logger): Promise<GuideFile | null> {
  const place = join(source.place, file)
  const path = `${source.path}/${file}`
  if ((await stat(place)).size > maxBytes) {
    logger.warn({ path }, `a guide is left out: it has more than ${maxBytes} bytes`)
    return null
  }
  return { source, path, name: nameOf(source.name, file), text: await readFile(place, 'utf8') }
}

/** `index.md` stands for its directory. */
function nameOf(prefix: string, file: string): string {
  const name = file.replace(/\.md$/, '').replace(/(^|\/)index$/, '')
  return [prefix, name].filter((part) => part !== '').join('/')
}
