import type { InputOf, OutputOf } from '@sre-toolbox/contract'
import type { verifyQuotes } from '@sre-toolbox/contract/documentation'
import { type FlatText, flat, flatten, occurrences } from './flat-text.ts'
import { type Guide, type Passage, placeOf, type Section, sourceText } from './guide.ts'
import { renderedText } from './rendered-text.ts'

export type GivenQuote = InputOf<typeof verifyQuotes>['quotes'][number]
export type Verdict = OutputOf<typeof verifyQuotes>['quotes'][number]
type Place = NonNullable<Verdict['place']>

export interface QuoteVerifier {
  verify(quote: GivenQuote): Verdict
}

/** Less than this is no likeness worth showing. */
const leastLikeness = 0.35

/** `find` names a guide by path, name or address. */
export function createQuoteVerifier(
  guides: readonly Guide[],
  find: (name: string) => Guide | undefined,
): QuoteVerifier {
  const texts = new Map<Guide, readonly FlatText[]>()
  /** The file as written, and as read. */
  const textsOf = (guide: Guide) => {
    const known = texts.get(guide)
    if (known) return known
    const { text, bodyStart } = guide
    const body = text.slice(0, bodyStart).replace(/\S/g, ' ') + text.slice(bodyStart)
    const made = [flatten([{ text: body, offsetOf: (index) => index }]), renderedText(body)]
    texts.set(guide, made)
    return made
  }

  function placesIn(guide: Guide, forms: readonly string[]): Place[] {
    for (const text of textsOf(guide)) {
      for (const form of forms) {
        const places = [...occurrences(text, form)].map((range) => placeOfRange(guide, range))
        if (places.length > 0) return places
      }
    }
    return []
  }

  return {
    verify({ text, path, startLine }) {
      const forms = [flat(text), renderedText(text).text].filter((form) => form !== '')
      const named = path === undefined ? undefined : find(path)
      if (path !== undefined && !named) {
        const message = `No guide is called ${path}. \`documentation.list\` names them all.`
        return { text, found: false, message, place: null, nearest: nearestOf(guides, text) }
      }
      const places = (named ? [named] : guides).flatMap((guide) => placesIn(guide, forms))
      const place = nearestTo(places, startLine)
      if (place) return { text, found: true, message: `It stands in ${say(place)}.`, place, nearest: null }
      const elsewhere = named ? guides.flatMap((guide) => placesIn(guide, forms))[0] : undefined
      if (elsewhere) {
        const message = `It does not stand in ${path}, but in ${say(elsewhere)}.`
        return { text, found: false, message, place: null, nearest: { text, ...elsewhere, likeness: 1 } }
      }
      const nearest = nearestOf(named ? [named] : guides, text)
      const message = nearest
        ? `No guide says this. What comes nearest stands in ${say(nearest)}.`
        : 'No guide says this, nor anything like it.'
      return { text, found: false, message, place: null, nearest }
    },
  }
}

function say({ path, startLine, endLine }: Place): string {
  return `${path}, ${startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`}`
}

function nearestTo(places: readonly Place[], line: number | undefined): Place | undefined {
  if (line === undefined) return places[0]
  return places.toSorted((a, b) => Math.abs(a.startLine - line) - Math.abs(b.startLine - line))[0]
}

function placeOfRange(guide: Guide, { start, end }: { start: number; end: number }): Place {
  const startLine = lineAt(guide.text, start)
  const section = guide.sections.findLast((candidate) => candidate.startLine <= startLine)
  const whole: Section = section ?? (guide.sections[0] as Section)
  return placeOf(whole, { startLine, endLine: lineAt(guide.text, end - 1) })
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The passage that shares the most words with the quote. */
function nearestOf(guides: readonly Guide[], text: string): Verdict['nearest'] {
  const words = countWords(text)
  let best: { section: Section; passage: Passage; likeness: number } | null = null
  for (const section of guides.flatMap(({ sections }) => sections)) {
    for (const passage of section.passages) {
      const likeness = likenessOf(words, countWords(passage.plain))
      if (likeness > (best?.likeness ?? leastLikeness)) best = { section, passage, likeness }
    }
  }
  if (!best) return null
  const { section, passage, likeness } = best
  return {
    text: sourceText(section.guide, passage),
    ...placeOf(section, passage),
    likeness: Math.round(likeness * 100) / 100,
  }
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}_.-]*[\p{L}\p{N}]/gu) ?? []) {
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** Twice the shared words by all words of both; a short quote from a long passage counts by the quote alone. */
function likenessOf(quote: Map<string, number>, passage: Map<string, number>): number {
  const size = (counts: Map<string, number>) => counts.values().reduce((sum, count) => sum + count, 0)
  const shared = quote
    .entries()
    .reduce((sum, [word, count]) => sum + Math.min(count, passage.get(word) ?? 0), 0)
  const [asked, there] = [size(quote), size(passage)]
  if (asked === 0 || there === 0) return 0
  return 0.5 * (shared / asked) + (0.5 * 2 * shared) / (asked + there)
}
