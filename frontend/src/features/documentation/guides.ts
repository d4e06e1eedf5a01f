import type { GuideSummary } from '@sre-toolbox/contract/documentation'

/** Groups in the order of their first guide, each with its guides in the order of the list. */
export function groupsOf(guides: readonly GuideSummary[]): [string, GuideSummary[]][] {
  return [...Map.groupBy(guides, ({ group }) => group)]
}

/** The guides before and after one, in the order in which the index shows them. */
export function neighboursOf(
  guides: readonly GuideSummary[],
  name: string,
): { before: GuideSummary | undefined; after: GuideSummary | undefined } {
  const inOrder = groupsOf(guides).flatMap(([, members]) => members)
  const at = inOrder.findIndex(({ guide }) => guide === name)
  return at < 0
    ? { before: undefined, after: undefined }
    : { before: inOrder[at - 1], after: inOrder[at + 1] }
}

/** Where a link in a guide leads: a page of ours, another site, or nowhere. */
export type Target = { kind: 'page' | 'elsewhere'; address: string } | null

/** Guides link to each other by file, so that the links work wherever the files are read. */
export function targetOf(href: string, from: string, guides: readonly GuideSummary[]): Target {
  if (/^(?:https?|mailto):/i.test(href)) return { kind: 'elsewhere', address: href }
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return null
  if (/^\/(?:api\/|healthz|readyz|metrics)/.test(href)) return { kind: 'elsewhere', address: href }
  if (href.startsWith('/') || href.startsWith('#')) return { kind: 'page', address: href }
  const url = URL.parse(href, `file:///${from}`)
  const guide = guides.find(({ path }) => `/${path}` === url?.pathname)
  return guide ? { kind: 'page', address: guide.address + (url?.hash ?? '') } : null
}
