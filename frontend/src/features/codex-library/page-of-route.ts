import { webRoutes } from '@sre-toolbox/contract/web-routes'

interface Openable {
  readonly to: string
}

export type RouteState =
  | { readonly kind: 'open'; readonly to: string }
  /** There is such a page, and this person may not open it. */
  | { readonly kind: 'closed' }
  /** This Toolbox has no such page. */
  | { readonly kind: 'absent' }

const parameter = /\/(?::|\*).*$/

/** Where a route of the library leads: the page itself, or for `/jobs/:id` the one that lists what it can show. */
export function pageOfRoute(route: string, mayOpen: readonly Openable[]): RouteState {
  const to = route.replace(parameter, '') || '/'
  if (mayOpen.some((page) => page.to === to)) return { kind: 'open', to }
  const exists = webRoutes.some((each) => (each.replace(parameter, '') || '/') === to)
  return exists ? { kind: 'closed' } : { kind: 'absent' }
}
