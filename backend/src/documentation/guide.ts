import type { GuideHeading, GuideSummary, Quote } from '@sre-toolbox/contract/documentation'

/** A Markdown file, read and taken apart. */
export interface Guide {
  readonly summary: GuideSummary
  /** Guides are listed by this, then by title. */
  readonly order: number
  /** What people call what it speaks of, for the search. */
  readonly words: readonly string[]
  /** The file as it is; all offsets count its UTF-16 code units. */
  readonly text: string
  /** Where the front matter ends. */
  readonly bodyStart: number
  readonly headings: readonly GuideHeading[]
  readonly sections: readonly Section[]
}

/** A heading and what stands below it, up to the next heading of any level. */
export interface Section {
  readonly guide: Guide
  readonly heading: string
  /** The headings above it, outermost first. */
  readonly trail: readonly string[]
  /** Empty for what stands before the first heading. */
  readonly anchor: string
  readonly startLine: number
  readonly endLine: number
  readonly passages: readonly Passage[]
}

/** The least that is worth quoting: a paragraph, an item of a list, a row of a table, a block of code. */
export interface Passage {
  /** Without the marks of Markdown. */
  readonly plain: string
  readonly start: number
  readonly end: number
  readonly startLine: number
  readonly endLine: number
}

export function sourceText({ text }: Guide, { start, end }: Passage): string {
  return text.slice(start, end)
}

/** Without what indents it, as `documentation.verifyQuotes` takes and answers it. */
export function quoteOf(section: Section, passage: Passage): Quote {
  return { text: sourceText(section.guide, passage).trim(), ...placeOf(section, passage) }
}

/** As many as `documentation.verifyQuotes` takes at once. */
const mostOpenings = 100

/** How each section begins: by its first words, since a table's head alone says nothing. */
export function openingsOf(guide: Guide): Quote[] {
  return guide.sections.slice(0, mostOpenings).flatMap((section) => {
    const words = section.passages.find((passage) => !sourceText(guide, passage).startsWith('|'))
    const opening = words ?? section.passages[0]
    return opening ? [quoteOf(section, opening)] : []
  })
}

/** Where a passage of a section stands, as the API answers it. */
export function placeOf({ guide, heading, anchor }: Section, lines: { startLine: number; endLine: number }) {
  const { summary } = guide
  return {
    guide: summary.guide,
    title: summary.title,
    path: summary.path,
    heading,
    address: anchor === '' ? summary.address : `${summary.address}#${anchor}`,
    startLine: lines.startLine,
    endLine: lines.endLine,
  }
}
