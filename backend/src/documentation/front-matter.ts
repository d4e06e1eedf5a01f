import { parse } from 'yaml'
import { z } from 'zod'

/** A field that does not fit is left out alone. */
const words = z.array(z.coerce.string()).optional().catch(undefined)
const text = z.string().optional().catch(undefined)
const matter = z.object({
  title: text,
  summary: text,
  group: text,
  order: z.number().optional().catch(undefined),
  pages: words,
  words,
})
export type FrontMatter = z.infer<typeof matter>

/**
 * What stands between two `---` lines at the head of a file, and where the rest begins. A head that can't be read says
 * nothing: a guide with a fault in it is better shown than missing.
 */
export function readFrontMatter(text: string): { matter: FrontMatter; bodyStart: number } {
  const head = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text)
  if (!head) return { matter: {}, bodyStart: 0 }
  return { matter: read(head[1] ?? ''), bodyStart: head[0].length }
}

function read(source: string): FrontMatter {
  try {
    const checked = matter.safeParse(parse(source, { maxAliasCount: 0 }))
    return checked.success ? checked.data : {}
  } catch {
    return {}
  }
}
