import { webRoutes } from '@sre-toolbox/contract/web-routes'
import type { RouteObject } from 'react-router'
import { expect, it } from 'vitest'
import { routes } from './routes.tsx'

const pathsOf = (route: RouteObject): string[] => [
  ...(route.index ? ['/'] : []),
  ...(route.path && route.path !== '*' ? [route.path] : []),
  ...(route.children?.flatMap(pathsOf) ?? []),
]

it('has a page at every path that the server answers with the app, and at no other', () => {
  expect(routes.flatMap(pathsOf).sort()).toEqual([...webRoutes].sort())
})
