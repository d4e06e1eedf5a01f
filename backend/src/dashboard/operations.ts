import { getDashboard } from '@sre-toolbox/contract/dashboard'
import { bind, type Operation } from '../kernel/operation.ts'
import type { Dashboard } from './dashboard.ts'

export function createDashboardOperations(dashboard: Dashboard): readonly Operation[] {
  return [bind(getDashboard, ({ range }, { caller }) => dashboard.get(range, caller))]
}
