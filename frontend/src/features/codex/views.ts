/** Ways to look at the backlog, as the URL names them; the first is what the plain address shows. */
export const views = [
  { view: 'board', title: 'Board' },
  { view: 'table', title: 'Table' },
  { view: 'graph', title: 'Dependencies' },
  { view: 'progress', title: 'Burn-up' },
] as const
export type View = (typeof views)[number]['view']

export const viewOf = (search: URLSearchParams): View =>
  views.find(({ view }) => view === search.get('view'))?.view ?? 'board'
