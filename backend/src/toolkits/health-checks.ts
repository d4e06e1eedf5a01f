import { systemCaller } from '../kernel/caller.ts'
import type { Clock } from '../kernel/clock.ts'
import { toToolboxError } from '../kernel/errors.ts'
import type { Ids } from '../kernel/ids.ts'
import type { Logger } from '../kernel/logger.ts'
import type { Runner } from '../kernel/run-operation.ts'
import type { ActiveToolkits } from './active-toolkits.ts'
import type { StoredHealth } from './ports.ts'
import type { Toolkit } from './toolkit.ts'

export interface HealthChecks {
  /** Checks every toolkit that declares a check, each at its own pace; the first after one pace. */
  start(): void
  /** Checks now. Does nothing for a toolkit that is disabled or declares no check. */
  check(slug: string): Promise<void>
  /** Stops, and ends the check under way. */
  close(): Promise<void>
}

export interface HealthChecksDeps {
  readonly active: ActiveToolkits
  readonly run: Runner['run']
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
}

const statuses: readonly unknown[] = ['healthy', 'degraded', 'unhealthy']

export function createHealthChecks({ active, run, clock, ids, logger }: HealthChecksDeps): HealthChecks {
  const closing = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  const checking = new Set<Promise<void>>()

  async function check(slug: string): Promise<void> {
    const { manifest } = active.get(slug)
    if (!manifest.health || !active.isEnabled(slug)) return
    const verdict = await ask(slug, manifest.health.operation)
    if (closing.signal.aborted) return
    await active.putHealth({ slug, ...verdict, checkedAt: clock.now() })
  }

  async function ask(slug: string, operation: string): Promise<Pick<StoredHealth, 'status' | 'message'>> {
    const role = active.get(slug).operations.get(operation)?.role ?? 'toolkit.user'
    const caller = { ...systemCaller(`health of ${slug}`), superuser: false, roles: [role] }
    const request = { caller, requestId: ids(), signal: closing.signal }
    try {
      const { output } = await run(`${slug}.${operation}`, {}, request)
      return read(output)
    } catch (thrown) {
      return { status: 'unhealthy', message: toToolboxError(thrown).message }
    }
  }

  function schedule(toolkit: Toolkit, everyMs: number): void {
    const timer = setInterval(() => {
      const work = check(toolkit.slug)
        .catch((error: unknown) =>
          logger.warn({ error, toolkit: toolkit.slug }, 'a health check could not be kept'),
        )
        .finally(() => checking.delete(work))
      checking.add(work)
    }, everyMs)
    timer.unref()
    timers.add(timer)
  }

  return {
    start() {
      for (const toolkit of active.all) {
        const { health } = toolkit.manifest
        if (health) schedule(toolkit, health.everySeconds * 1000)
      }
    },
    check,
    async close() {
      for (const timer of timers) clearInterval(timer)
      closing.abort()
      await Promise.all(checking)
    },
  }
}

function read(output: unknown): Pick<StoredHealth, 'status' | 'message'> {
  const { status, message } = (output ?? {}) as { status?: unknown; message?: unknown }
  if (!statuses.includes(status)) {
    return { status: 'unknown', message: 'The health check answered without a status.' }
  }
  return {
    status: status as StoredHealth['status'],
    message: typeof message === 'string' ? message : null,
  }
}
