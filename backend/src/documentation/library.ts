import type { OutputOf } from '@sre-toolbox/contract'
import type { SearchHit, searchGuides } from '@sre-toolbox/contract/documentation'
import { excerptOf } from './excerpt.ts'
import { type Guide, placeOf } from './guide.ts'
import { type Recommendation, recommend } from './recommend.ts'
import { createSectionIndex, type Match } from './section-index.ts'
import { createQuoteVerifier, type QuoteVerifier } from './verify-quotes.ts'

/** All guides that may be read now; never changes. */
export interface Library {
  /** In the order in which they are listed. */
  readonly guides: readonly Guide[]
  /** By name, path or address. */
  find(name: string): Guide | undefined
  search(text: string, limit: number): OutputOf<typeof searchGuides>['items']
  recommend(question: string): Recommendation
  readonly quotes: QuoteVerifier
}

export function createLibrary(all: readonly Guide[]): Library {
  const guides = all.toSorted(byOrder)
  const index = createSectionIndex(guides.flatMap(({ sections }) => sections))
  const byName = new Map(
    guides.flatMap((guide) => {
      const { guide: name, path, address } = guide.summary
      return [name, path, address].map((key) => [key, guide])
    }),
  )
  const find = (name: string) => byName.get(name.replace(/#.*$/, ''))
  return {
    guides,
    find,
    search(text, limit) {
      const all = index.search(text, { ...asOneTypes, all: true })
      // Rather something than nothing, when no section has every word.
      const matches = all.length > 0 ? all : index.search(text, { ...asOneTypes, all: false })
      return matches.filter(saysIt).slice(0, limit).map(toHit)
    },
    recommend: (question) => recommend(question, index),
    quotes: createQuoteVerifier(guides, find),
  }
}

const asOneTypes = { prefix: true, guessFrom: 4 }

function byOrder(a: Guide, b: Guide): number {
  return a.order - b.order || a.summary.title.localeCompare(b.summary.title)
}

/** What only its guide is called leads to how the guide begins, not to every section of it. */
function saysIt({ own, section }: Match): boolean {
  return own || section === section.guide.sections[0]
}

function toHit({ section, found }: Match): SearchHit {
  const { passage, excerpt, words } = excerptOf(section.passages, found)
  return { ...placeOf(section, passage ?? section), excerpt, words }
}
