import * as contract from '@sre-toolbox/contract/documentation'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Documentation } from './documentation.ts'
import { openingsOf } from './guide.ts'

export function createDocumentationOperations(documentation: Documentation): readonly Operation[] {
  return [
    bind(contract.listGuides, async () => {
      const { guides } = await documentation.library()
      return { items: guides.map(({ summary }) => summary), nextCursor: null }
    }),
    bind(contract.getGuide, async ({ guide: name }) => {
      const guide = await documentation.guide(name)
      const { summary, text, bodyStart, headings } = guide
      const whole = { text: text.slice(bodyStart), headings: [...headings], openings: openingsOf(guide) }
      return { guide: { ...summary, ...whole } }
    }),
    bind(contract.searchGuides, async ({ q, limit }) => {
      const library = await documentation.library()
      return { items: library.search(q, limit), nextCursor: null }
    }),
    bind(contract.recommendGuide, async ({ question }) =>
      (await documentation.library()).recommend(question),
    ),
    bind(contract.verifyQuotes, async ({ quotes: given }) => {
      const library = await documentation.library()
      const quotes = given.map((quote) => library.quotes.verify(quote))
      return { verified: quotes.every(({ found }) => found), quotes }
    }),
  ]
}
