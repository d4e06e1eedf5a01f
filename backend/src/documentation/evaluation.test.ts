import { beforeAll, describe, expect, it } from 'vitest'
import type { Library } from './library.ts'
import { productLibrary } from './test/product-library.ts'
import { beyond, heldOut, known, type Question } from './test/questions.ts'

describe('what is recommended for the questions of operators', () => {
  let library: Library
  beforeAll(async () => {
    library = await productLibrary()
  })

  /** Shares of the questions whose guide comes first, and among the first three. */
  function measure(questions: readonly Question[]) {
    const missed: string[] = []
    const ranks = questions.map(({ asks, guides }) => {
      const named = library.recommend(asks).guides.map(({ guide }) => guide)
      const rank = named.findIndex((guide) => guides.includes(guide))
      if (rank !== 0) missed.push(`${asks} → ${named.join(', ') || 'nothing'}`)
      return rank
    })
    const share = (fits: (rank: number) => boolean) => ranks.filter(fits).length / ranks.length
    return { first: share((rank) => rank === 0), firstThree: share((rank) => rank >= 0), missed }
  }

  it('is right at first in 9 of 10, and within three nearly always', () => {
    const { first, firstThree, missed } = measure(known)
    expect(known.length).toBeGreaterThanOrEqual(25)
    expect(first, missed.join('\n')).toBeGreaterThanOrEqual(0.9)
    expect(firstThree, missed.join('\n')).toBeGreaterThanOrEqual(0.95)
  })

  it('is right at first in 7 of 10 questions that it was not made for', () => {
    const { first, firstThree, missed } = measure(heldOut)
    expect(first, missed.join('\n')).toBeGreaterThanOrEqual(0.7)
    expect(firstThree, missed.join('\n')).toBeGreaterThanOrEqual(0.8)
  })

  it('is nothing where the guides say nothing', () => {
    const answered = beyond.filter((question) => library.recommend(question).found)
    expect(answered).toEqual([])
  })

  it('comes with quotes that stand in the guide at their place', () => {
    for (const { asks } of [...known, ...heldOut]) {
      const { guides, quotes } = library.recommend(asks)
      if (guides.length > 0) expect(quotes.length, asks).toBeGreaterThan(0)
      for (const quote of quotes) {
        const lines = library
          .find(quote.path)
          ?.text.split('\n')
          .slice(quote.startLine - 1, quote.endLine)
        expect(lines?.join('\n'), asks).toContain(quote.text)
        const verdict = library.quotes.verify(quote)
        expect(verdict.place, asks).toMatchObject({
          path: quote.path,
          startLine: quote.startLine,
          endLine: quote.endLine,
        })
      }
    }
  })
})
