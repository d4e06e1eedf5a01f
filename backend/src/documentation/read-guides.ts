import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '../kernel/logger.ts'
import type { GuideFile, GuideSource } from './ports.ts'

/** What is parsed in one go holds up everything else; a guide of this size takes a moment. */
const maxBytes = 256 * 1024
const maxFiles = 200

/** Reads the Markdown of a source. What can't be read is left out, and the log says so. */
export async function readGuides(source: GuideSource, logger: Logger): Promise<readonly GuideFile[]> {
  const { place, path, name } = source
  try {
    if ((await stat(place)).isFile()) return await readGuide({ source, path, name }, place, logger)
    const entries = await readdir(place, { recursive: true, withFileTypes: true })
    const found = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name).slice(join(place, '/').length))
      .sort()
    if (found.length > maxFiles) logger.warn({ path }, `only the first ${maxFiles} guides are shown`)
    const files = await Promise.all(
      found.slice(0, maxFiles).map((file) => {
        const about = { source, path: `${path}/${file}`, name: nameOf(name, file) }
        return readGuide(about, join(place, file), logger)
      }),
    )
    return files.flat()
  } catch (error) {
    logger.warn({ error, path }, 'guides could not be read')
    return []
  }
}

/** The guide, or nothing when it is too large. */
async function readGuide(
  about: Omit<GuideFile, 'text'>,
  place: string,
  logger: Logger,
): Promise<readonly GuideFile[]> {
  if ((await stat(place)).size <= maxBytes) return [{ ...about, text: await readFile(place, 'utf8') }]
  logger.warn({ path: about.path }, `a guide is left out: it has more than ${maxBytes} bytes`)
  return []
}

/** `index.md` stands for its directory. */
function nameOf(prefix: string, file: string): string {
  const name = file.replace(/\.md$/, '').replace(/(^|\/)index$/, '')
  return [prefix, name].filter((part) => part !== '').join('/')
}
