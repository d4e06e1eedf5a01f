import type { OutputOf } from '@sre-toolbox/contract'
import type { recommendGuide } from '@sre-toolbox/contract/documentation'
import { type Guide, type Passage, quoteOf, type Section } from './guide.ts'
import type { Match, SectionIndex } from './section-index.ts'
import { termsOf, termsOfToken, tokens } from './words.ts'

export type Recommendation = OutputOf<typeof recommendGuide>

/** A guide that knows less of what is asked than this does not answer it. */
const leastCoverage = 0.5
const mostGuides = 3
const mostQuotes = 5
/** How much worse than the best a guide may be to be named as well. */
const closeEnough = 0.6

/** Answers with the guides that know the words of the question; says so when none knows enough of them. */
export function recommend(question: string, index: SectionIndex): Recommendation {
  const asked = [...new Set(termsOf(question))]
  const matches = index.search(question, { prefix: false, all: false, guessFrom: 6 })
  const candidates = rank(matches, createCoverage(asked, index))
  const top = candidates[0]
  if (!top || top.coverage < leastCoverage) {
    const message =
      'The guides say nothing that answers this. Ask in other words, or look through the list of guides.'
    return { question, found: false, message, guides: [], quotes: [] }
  }
  const chosen = candidates
    .filter(({ score, coverage }) => score >= top.score * closeEnough && coverage >= leastCoverage)
    .slice(0, mostGuides)
  return {
    question,
    found: true,
    message: `Read “${top.guide.summary.title}”.`,
    guides: chosen.map(({ guide, best }) => ({ ...guide.summary, why: whyOf(best, question) })),
    quotes: chosen
      .flatMap(({ matches }, rank) => quotesOf(matches, asked, index, rank === 0 ? 3 : 1))
      .slice(0, mostQuotes),
  }
}

interface Candidate {
  readonly guide: Guide
  readonly score: number
  /** How much of what is asked it knows, 0 to 1. */
  readonly coverage: number
  /** Best first. */
  readonly matches: readonly Match[]
  readonly best: Match
}

type Coverage = (best: Match, others: readonly Match[]) => number

/** The share of what is asked that a section knows; what only its guide knows counts half. */
function createCoverage(asked: readonly string[], index: SectionIndex): Coverage {
  const total = asked.reduce((sum, term) => sum + index.weightOf(term), 0)
  return (best, others) => {
    const known = asked.map((term) => {
      const elsewhere = Math.max(0, ...others.map((match) => match.asked.get(term) ?? 0))
      return Math.max(best.asked.get(term) ?? 0, elsewhere / 2) * index.weightOf(term)
    })
    return known.reduce((sum, weight) => sum + weight, 0) / total
  }
}

/** A guide is as good as its best section, and a little better for others that fit, too. */
function rank(matches: readonly Match[], coverage: Coverage): Candidate[] {
  const byGuide = Map.groupBy(matches, ({ section }) => section.guide)
  return [...byGuide]
    .flatMap(([guide, found]) => {
      const worth = new Map(found.map((match) => [match, match.score * coverage(match, []) ** 1.5]))
      const sorted = found.toSorted((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0))
      const [best, ...others] = sorted
      if (!best) return []
      const rest = others.slice(0, 3).reduce((sum, match) => sum + (worth.get(match) ?? 0), 0)
      const score = (worth.get(best) ?? 0) + 0.15 * rest
      return { guide, matches: sorted, best, score, coverage: coverage(best, others) }
    })
    .sort((a, b) => b.score - a.score)
}

/** `Its section “Cancel a job” speaks of: stop, running, job.` */
function whyOf({ section, asked }: Match, question: string): string {
  const words = tokens(question).filter((token) => termsOfToken(token).some((term) => asked.has(term)))
  const named = [...new Set(words.map((word) => word.toLowerCase()))].join(', ')
  return `Its section “${section.heading}” is about: ${named}.`
}

function quotesOf(
  matches: readonly Match[],
  asked: readonly string[],
  index: SectionIndex,
  most: number,
): Recommendation['quotes'] {
  const [best] = matches
  const top = best?.score ?? 0
  const quotes = matches
    .filter(({ score }) => score >= top * closeEnough)
    .flatMap(({ section, score, found }) => {
      const worthOf = createWorth(section, new Set([...asked, ...found]), index)
      return section.passages.map((passage, nth) => ({
        section,
        passage,
        worth: (worthOf(passage) + (nth === 0 ? 0.5 : 0)) * (score / top),
      }))
    })
    .filter(({ worth }) => worth > 1)
    .sort((a, b) => b.worth - a.worth)
    .slice(0, most)
    .map(({ section, passage }) => quoteOf(section, passage))
  if (quotes.length > 0) return quotes
  // It was found by what people call it, which its text does not say: then by how it begins.
  const begin = best?.section.guide.sections.find(({ passages }) => passages.length > 0)
  return begin?.passages[0] ? [quoteOf(begin, begin.passages[0])] : []
}

/** What a passage says of what is asked; what its heading says already counts half. */
function createWorth(section: Section, wanted: ReadonlySet<string>, index: SectionIndex) {
  const said = new Set(termsOf(section.heading).filter((term) => wanted.has(term)))
  return ({ plain }: Passage) => {
    const own = new Set(termsOf(plain).filter((term) => wanted.has(term)))
    const weigh = (terms: Iterable<string>) => [...terms].reduce((sum, term) => sum + index.weightOf(term), 0)
    return weigh(own) + weigh(said.difference(own)) / 2
  }
}
