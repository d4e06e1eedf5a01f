import { z } from 'zod'
import { declare } from './operation.ts'

/** One guide, without its text. */
export const guideSummary = z.object({
  guide: z.string().describe('its name: `jobs`, `toolkits/regex`'),
  title: z.string(),
  summary: z.string(),
  group: z.string(),
  /** The toolkit it comes with; null for what comes with the product. */
  toolkit: z.string().nullable(),
  path: z.string().describe('the file, from the root of the repository or of the bundle'),
  address: z.string().describe('the page that shows it'),
  pages: z.array(z.string()).describe('the pages it speaks of'),
})
export type GuideSummary = z.infer<typeof guideSummary>

export const guideHeading = z.object({
  level: z.number().int(),
  text: z.string(),
  anchor: z.string(),
  line: z.number().int(),
})
export type GuideHeading = z.infer<typeof guideHeading>

/** Where something stands. Lines are 1-based and inclusive. */
const place = {
  guide: z.string(),
  title: z.string(),
  path: z.string(),
  heading: z.string(),
  address: z.string().describe('the page, at the heading'),
  startLine: z.number().int(),
  endLine: z.number().int(),
}

export const quote = z.object({ text: z.string().describe('as it stands in the file'), ...place })
export type Quote = z.infer<typeof quote>

export const searchHit = z.object({
  ...place,
  excerpt: z.string().describe('plain text around the words that were found'),
  words: z.array(z.string()).describe('the words of the guide that were found'),
})
export type SearchHit = z.infer<typeof searchHit>

const nextCursor = z.null()

export const listGuides = declare({
  id: 'documentation.list',
  title: 'List guides',
  description: 'Those of the product, and those of toolkits that are enabled.',
  method: 'GET',
  path: '/documentation',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ items: z.array(guideSummary), nextCursor }),
})

export const getGuide = declare({
  id: 'documentation.get',
  title: 'Read a guide',
  method: 'GET',
  path: '/documentation/guides/*guide',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ guide: z.string().min(1).max(300).describe('its name, path or address') }),
  output: z.object({
    guide: guideSummary.extend({
      text: z.string().describe('Markdown, without the front matter'),
      headings: z.array(guideHeading),
      openings: z
        .array(quote)
        .describe('how each section begins, word for word: a summary that adds nothing of its own'),
    }),
  }),
})

export const searchGuides = declare({
  id: 'documentation.search',
  title: 'Search the guides',
  description: 'Answers sections, best first. A word may be unfinished or have a typing mistake.',
  method: 'GET',
  path: '/documentation/search',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    q: z.string().trim().min(1).max(300),
    limit: z.coerce.number().int().min(1).max(50).default(10),
  }),
  output: z.object({ items: z.array(searchHit), nextCursor }),
})

export const recommendGuide = declare({
  id: 'documentation.recommend',
  title: 'Recommend a guide for a question',
  description:
    'Answers the guides that fit best, why, and exact quotes with their places. Where the guides say nothing, ' +
    '`found` is false and there is no quote.',
  method: 'GET',
  path: '/documentation/recommend',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({ question: z.string().trim().min(1).max(1000) }),
  output: z.object({
    question: z.string(),
    found: z.boolean(),
    message: z.string(),
    guides: z.array(guideSummary.extend({ why: z.string() })).describe('best first'),
    quotes: z.array(quote).describe('best first, of the guides above'),
  }),
})

export const verifyQuotes = declare({
  id: 'documentation.verifyQuotes',
  title: 'Verify quotes against the guides',
  description:
    'A quote is found where its words stand in this order without others in between. Line breaks and Markdown marks ' +
    'may differ, words may not. Takes quotes as `documentation.recommend` answers them.',
  method: 'POST',
  path: '/documentation/verify-quotes',
  access: 'toolkit.user',
  effect: 'read',
  input: z.strictObject({
    quotes: z
      .array(
        z.strictObject({
          text: z.string().trim().min(1).max(10_000),
          path: z
            .string()
            .min(1)
            .max(300)
            .optional()
            .describe('the only guide to look in: path, name or address'),
          startLine: z
            .number()
            .int()
            .min(1)
            .optional()
            .describe('where it stands in several places, the one nearest to this line is answered'),
          guide: z.string().max(300).optional(),
          title: z.string().max(300).optional(),
          heading: z.string().max(1000).optional(),
          address: z.string().max(1000).optional(),
          endLine: z.number().int().optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
  output: z.object({
    verified: z.boolean().describe('true when every quote was found'),
    quotes: z.array(
      z.object({
        text: z.string(),
        found: z.boolean(),
        message: z.string(),
        place: z.object(place).nullable(),
        nearest: quote
          .extend({ likeness: z.number().describe('0 to 1: how many words are the same') })
          .nullable()
          .describe('what comes nearest to a quote that was not found'),
      }),
    ),
  }),
})

export const documentationOperations = [
  listGuides,
  getGuide,
  searchGuides,
  recommendGuide,
  verifyQuotes,
] as const
