import { reportLoadFailure } from '@sre-toolbox/contract/diagnostics'
import type { CallInputOf } from '@sre-toolbox/contract/operation'
import type { Api } from '../../lib/api.ts'
import type { LoadFailure } from './load-toolkit-ui.ts'

/** Tells the server what went wrong; that it can't be told must not make things worse. */
export function reportFailures(
  api: Api,
  slug: string,
  stage: CallInputOf<typeof reportLoadFailure>['stage'],
  failures: readonly LoadFailure[],
): void {
  for (const { kind, url, cause } of failures) {
    const input = {
      slug,
      stage,
      specifier: kind,
      url: url.slice(0, 2000),
      cause: cause.slice(0, 20_000),
      browser: navigator.userAgent.slice(0, 1000),
    }
    api.call(reportLoadFailure, input, { atOnce: true }).catch(() => {})
  }
}
