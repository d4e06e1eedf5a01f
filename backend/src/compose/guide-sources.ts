import { join, normalize } from 'node:path'
import type { GuideSource } from '../documentation/index.ts'
import type { Toolkits } from '../toolkits/index.ts'
import { productGuides } from './product.ts'

/** The product's guides, and those of toolkits that are enabled, as the code in use has them. */
export function createGuideSources(toolkits: Pick<Toolkits, 'all' | 'isEnabled'>) {
  return {
    offered: (): readonly GuideSource[] => [
      ...productGuides,
      ...toolkits.all
        .filter(({ slug }) => toolkits.isEnabled(slug))
        .flatMap(({ slug, manifest: { docs }, code }) => {
          if (docs === undefined) return []
          const inBundle = normalize(docs).replace(/\/$/, '')
          return {
            place: join(code.directory, inBundle),
            path: `toolkits/${slug}/${inBundle}`,
            name: `toolkits/${slug}`,
            group: 'Toolkits',
            toolkit: slug,
            version: code.digest,
          }
        }),
    ],
    isDisabled: (slug: string) =>
      toolkits.all.some((toolkit) => toolkit.slug === slug) && !toolkits.isEnabled(slug),
  }
}
