import { setImmediate } from 'node:timers/promises'
import { ToolboxError } from '../kernel/errors.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Guide } from './guide.ts'
import type { Library } from './library.ts'
import type { GuideSource, GuideSources } from './ports.ts'

export interface DocumentationDeps {
  readonly sources: GuideSources
  readonly logger: Logger
}

export interface Documentation {
  /** The guides as they are now; read and indexed when first asked for, and again when toolkits come and go. */
  library(): Promise<Library>
  /** Throws `not_found`, or `toolkit_disabled` for a guide of a toolkit that is off. */
  guide(name: string): Promise<Guide>
}

export function createDocumentation({ sources, logger }: DocumentationDeps): Documentation {
  let made: { key: string; library: Promise<Library> } | null = null
  /** What was read of each source, so that a toolkit that comes or goes has no other read again. */
  let read = new Map<string, Promise<readonly Guide[]>>()

  async function make(offered: readonly GuideSource[]): Promise<Library> {
    // Nobody who never opens a guide pays for the parser and the index.
    const { createLibrary } = await import('./library.ts')
    read = new Map(offered.map((source) => [keyOf(source), read.get(keyOf(source)) ?? guidesOf(source)]))
    return createLibrary((await Promise.all(read.values())).flat())
  }

  async function guidesOf(source: GuideSource): Promise<readonly Guide[]> {
    const [{ parseGuide }, { readGuides }] = await Promise.all([
      import('./parse-guide.ts'),
      import('./read-guides.ts'),
    ])
    const guides: Guide[] = []
    for (const file of await readGuides(source, logger)) {
      guides.push(parseGuide(file))
      // Others are answered between one guide and the next.
      await setImmediate()
    }
    return guides
  }

  function library(): Promise<Library> {
    const offered = sources.offered()
    const key = offered.map(keyOf).join('\n')
    if (made?.key !== key) made = { key, library: make(offered) }
    return made.library
  }

  return {
    library,
    async guide(name) {
      const guide = (await library()).find(name)
      if (guide) return guide
      const slug = /^(?:\/documentation\/)?toolkits\/([^/#]+)/.exec(name)?.[1]
      if (slug !== undefined && sources.isDisabled(slug)) {
        throw new ToolboxError(
          'toolkit_disabled',
          `This guide comes with the toolkit ${slug}, which is disabled. A curator can enable it on the page /toolkits/${slug}.`,
        )
      }
      throw new ToolboxError(
        'not_found',
        `No guide is called ${name}. \`documentation.list\` names them all.`,
      )
    },
  }
}

function keyOf({ path, version }: GuideSource): string {
  return `${path} ${version}`
}
