import MiniSearch, { type SearchOptions } from 'minisearch'
import type { Section } from './guide.ts'
import { termsOf, termsOfToken, tokens } from './words.ts'

/** A section that has some of the words, and how well. */
export interface Match {
  readonly section: Section
  readonly score: number
  /** The words asked for that it has, each with how sure that is: 1 as written, less for a guess. */
  readonly asked: ReadonlyMap<string, number>
  /** The words of the section that answer them. */
  readonly found: readonly string[]
  /** Whether it says so itself, and not only its guide's title, summary or words. */
  readonly own: boolean
}

export interface SearchHow {
  /** Only sections with every word; otherwise with any. */
  readonly all: boolean
  /** The last word may be unfinished. */
  readonly prefix: boolean
  /** A word from this length on, that no guide has, may be one with a typing mistake. */
  readonly guessFrom: number
}

export interface SectionIndex {
  /** Sections with any of the words, best first. */
  search(text: string, how: SearchHow): Match[]
  /** How much a word tells apart: much when few sections have it. */
  weightOf(term: string): number
}

const boosts = { heading: 4, words: 3, title: 2.5, trail: 1.5, summary: 1.2, body: 1 }
const ownFields: ReadonlySet<string> = new Set(['heading', 'body'])
const guessed = 0.6

export function createSectionIndex(sections: readonly Section[]): SectionIndex {
  const fields = Object.keys(boosts)
  const index = new MiniSearch<{ id: number }>({
    fields,
    tokenize: tokens,
    processTerm: (token) => termsOfToken(token),
    extractField: (document, field) => textOf(sections[document.id], field, document.id),
  })
  index.addAll(sections.map((_, id) => ({ id })))
  const frequency = countTerms(sections)

  return {
    search(text, { prefix, all, guessFrom }) {
      const terms = [...new Set(termsOf(text))]
      if (terms.length === 0) return []
      const options: SearchOptions = {
        boost: boosts,
        combineWith: all ? 'AND' : 'OR',
        prefix: (_, position, given) => prefix && position === given.length - 1,
        fuzzy: (term) => (frequency.has(term) || term.length < guessFrom ? false : term.length < 8 ? 1 : 2),
        tokenize: () => terms,
        processTerm: (term) => term,
      }
      return index.search(text, options).map(({ id, score, terms: found, queryTerms, match }) => ({
        section: sections[id] as Section,
        score,
        asked: new Map(queryTerms.map((term) => [term, found.includes(term) ? 1 : guessed])),
        found,
        own: Object.values(match).some((fields) => fields.some((field) => ownFields.has(field))),
      }))
    },
    weightOf(term) {
      const rarest = Math.log(1 + sections.length / 2)
      const count = frequency.get(term)
      // What no guide knows is as often part of a story as of a question.
      return count === undefined ? rarest / 2 : Math.log(1 + sections.length / (1 + count))
    },
  }
}

function textOf(section: Section | undefined, field: string, id: number): string {
  if (field === 'id') return String(id)
  if (!section) return ''
  const { guide, heading, trail, passages } = section
  switch (field) {
    case 'heading':
      return heading
    case 'trail':
      return trail.join(' ')
    case 'title':
      return guide.summary.title
    case 'summary':
      return guide.summary.summary
    case 'words':
      return guide.words.join(' ')
    default:
      return passages.map(({ plain }) => plain).join(' ')
  }
}

/** In how many sections each word stands. */
function countTerms(sections: readonly Section[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { guide, heading, passages } of sections) {
    const texts = [guide.summary.title, ...guide.words, heading, ...passages.map(({ plain }) => plain)]
    const terms = new Set(termsOf(texts.join(' ')))
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  }
  return counts
}
