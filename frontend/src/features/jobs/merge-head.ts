import type { JobSummary } from '@sre-toolbox/contract/jobs'

export interface JobPage {
  readonly items: readonly JobSummary[]
  readonly nextCursor: string | null
}

/**
 * The pages of a list, newest first, with a fresh first page laid over them: what it covers is as it says, what is older
 * stays. When so much is new that the fresh page does not reach the known ones, it alone is left.
 */
export function mergeHead(pages: readonly JobPage[], head: JobPage): JobPage[] {
  const oldest = head.items.at(-1)
  if (head.nextCursor === null || !oldest) return [head]
  const known = new Set(pages.flatMap(({ items }) => items.map(({ id }) => id)))
  if (!head.items.some(({ id }) => known.has(id))) return [head]
  const older = pages
    .map((page) => ({ ...page, items: page.items.filter(({ id }) => id < oldest.id) }))
    .filter(({ items }) => items.length > 0)
  return older.length > 0 ? [{ items: head.items, nextCursor: null }, ...older] : [head]
}

/** Pages with some of their jobs brought up to date, and without those that no longer belong. */
export function patchJobs(
  pages: readonly JobPage[],
  changed: ReadonlyMap<string, JobSummary>,
  belongs: (job: JobSummary) => boolean,
): JobPage[] {
  return pages.map((page) => ({
    ...page,
    items: page.items.flatMap((job) => {
      const now = changed.get(job.id)
      if (!now) return [job]
      return belongs(now) ? [now] : []
    }),
  }))
}
