import type { Passage } from './guide.ts'
import { termsOfToken, tokens } from './words.ts'

const longest = 220

/** The passage with the most of the words, cut to what stands around them, and the words as they are written there. */
export function excerptOf(
  passages: readonly Passage[],
  found: readonly string[],
): { passage: Passage | null; excerpt: string; words: string[] } {
  const wanted = new Set(found)
  let best: { passage: Passage; words: string[] } | null = null
  for (const passage of passages) {
    const words = tokens(passage.plain).filter((token) =>
      termsOfToken(token).some((term) => wanted.has(term)),
    )
    const count = new Set(words.map((word) => word.toLowerCase())).size
    if (!best || count > new Set(best.words.map((word) => word.toLowerCase())).size) best = { passage, words }
  }
  if (!best) return { passage: null, excerpt: '', words: [] }
  const words = [...new Set(best.words)]
  return { passage: best.passage, excerpt: around(best.passage.plain, words[0]), words }
}

function around(text: string, word: string | undefined): string {
  if (text.length <= longest) return text
  const at = word === undefined ? 0 : Math.max(0, text.indexOf(word) - longest / 3)
  const start = at === 0 ? 0 : text.indexOf(' ', at) + 1
  const end = start + longest >= text.length ? text.length : text.lastIndexOf(' ', start + longest)
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`
}
