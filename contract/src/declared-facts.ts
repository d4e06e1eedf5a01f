import type { Facts, OperationFact } from './codex-facts.ts'
import { environmentNames } from './environment.ts'
import { operations } from './index.ts'
import type { OperationDeclaration } from './operation.ts'
import { roles } from './roles.ts'
import { streams } from './streams.ts'
import { webRoutes } from './web-routes.ts'

/** What the server answers besides the operations. */
const plainRoutes = [
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /api/openapi.json',
  'GET /api/docs',
] as const

/** The facts that are declared, and so the same for every installation of this version. */
export function declaredFacts(): Pick<Facts, 'routes' | 'roles' | 'environment' | 'operations'> {
  const routes = [...operations, ...streams].map(({ method, path }) => `${method} /api${path}`)
  return {
    routes: { web: [...webRoutes], api: [...routes, ...plainRoutes] },
    roles: [...roles, 'superuser'],
    environment: Object.values(environmentNames).flat(),
    operations: operations.map(toFact),
  }
}

function toFact({ id, title, access, effect, input }: OperationDeclaration): OperationFact {
  return { id, title, access, effect, inputs: Object.keys(input.shape), toolkit: null }
}
