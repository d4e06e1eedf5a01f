export interface Sides {
  readonly mine: readonly string[]
  readonly theirs: readonly string[]
}

/** The lines in which two texts differ, without what is alike before and after them. */
export function changedLines(mine: string, theirs: string): Sides & { readonly firstLine: number } {
  const a = mine.split('\n')
  const b = theirs.split('\n')
  const most = Math.min(a.length, b.length)
  let before = 0
  while (before < most && a[before] === b[before]) before += 1
  let after = 0
  while (after < most - before && a[a.length - 1 - after] === b[b.length - 1 - after]) after += 1
  return {
    firstLine: before + 1,
    mine: a.slice(before, a.length - after),
    theirs: b.slice(before, b.length - after),
  }
}
