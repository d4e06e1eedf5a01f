/** How far back a list may be narrowed, as the URL names it. */
export const spans: Readonly<Record<string, { title: string; ms: number }>> = {
  '1h': { title: 'Last hour', ms: 3_600_000 },
  '24h': { title: 'Last 24 hours', ms: 86_400_000 },
  '7d': { title: 'Last 7 days', ms: 7 * 86_400_000 },
  '30d': { title: 'Last 30 days', ms: 30 * 86_400_000 },
}

/** When a span began. Cut to the minute, so that the same list is the same request for a while. */
export function sinceOf(within: string, now: number): string | undefined {
  const span = spans[within]
  return span && new Date(Math.floor((now - span.ms) / 60_000) * 60_000).toISOString()
}
