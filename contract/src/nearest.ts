/** The candidates that a mistyped word most likely meant: the nearest ones, at most three. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const typed = word.toLowerCase()
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distanceTo(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= slips(candidate))
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .filter(({ distance }, _, [best]) => distance === best?.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** ` Did you mean a or b?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates)
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`
}

/** How many slips a word may hold; in a word of one letter any slip is another word. */
function slips(candidate: string): number {
  return candidate.length === 1 ? 0 : Math.max(1, Math.floor(candidate.length / 3))
}

/** A word typed only in part is near as well. */
function distanceTo(typed: string, candidate: string): number {
  return typed.length >= 3 && candidate.includes(typed) ? 1 : editDistance(typed, candidate)
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, at(beforeLast, j - 2) + 1)
      }
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] as number
}
