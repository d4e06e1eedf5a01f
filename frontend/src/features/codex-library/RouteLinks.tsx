import { useContext } from 'react'
import { Link } from 'react-router'
import { PagesContext } from '../../lib/app-context.ts'
import { pageOfRoute, type RouteState } from './page-of-route.ts'

const why: Readonly<Record<Exclude<RouteState['kind'], 'open'>, string>> = {
  closed: 'needs a role that you lack',
  absent: 'not on this Toolbox',
}

/** Pages by their routes; those that this person may open are links. */
export function RouteLinks({ routes }: { routes: readonly string[] }) {
  const pages = useContext(PagesContext)
  return (
    <ul className="route-links">
      {routes.map((route) => {
        const state = pageOfRoute(route, pages)
        return (
          <li key={route}>
            {state.kind === 'open' ? (
              <Link to={state.to}>
                <code>{route}</code>
              </Link>
            ) : (
              <>
                <code>{route}</code> <span className="small soft">({why[state.kind]})</span>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}
