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

  async function make(offered: readonly GuideSource[]): Promise<Library> {
    // Nobody who never opens a guide pays for the parser and the index.
    const [{ createLibrary }, { readGuides }] = await Promise.all([
      import('./library.ts'),
      import('./read-guides.ts'),
    ])
    const files = await Promise.all(offered.map((source) => readGuides(source, logger)))
    return createLibrary(files.flat())
  }

  function library(): Promise<Library> {
    const offered = sources.offered()
    const key = JSON.stringify(offered.map(({ path, version }) => [path, version]))
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
