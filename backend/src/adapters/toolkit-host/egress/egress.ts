import { ToolboxError } from '../../../kernel/errors.ts'
import type { Logger } from '../../../kernel/logger.ts'
import type { Egress, EgressRequest, EgressResponse } from '../../../toolkits/ports.ts'
import { createChildRegister } from '../process/orphans.ts'
import { prepareRuntime } from '../process/runtime.ts'
import { spawnConfined } from '../process/spawn.ts'
import { connectHelper, type Helper } from './helper-process.ts'

export interface EgressOptions {
  /** As for the toolkit hosts: the code of the helper process is put there. */
  readonly storageDirectory: string
  readonly runDirectory: string
  readonly logger: Logger
  /** Variables of the helper, such as `NODE_EXTRA_CA_CERTS` for an authority of one's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Requests under way at once; more of them wait. */
  readonly maxConcurrent?: number
  /** The helper ends after this without a request. */
  readonly idleMs?: number
}

interface Waiting {
  readonly begin: () => void
}

const largestBody = 16 * 1024 ** 2

/**
 * Makes requests in one small process of our own: timings are not disturbed by what else the control plane does, and a
 * flood of answers fills that process and not this one.
 */
export function createEgress(options: EgressOptions): Egress {
  const { logger, maxConcurrent = 64, idleMs = 60_000 } = options
  const queue = new Set<Waiting>()
  let helper: Promise<Helper> | null = null
  let underWay = 0
  let idleTimer: NodeJS.Timeout | null = null

  async function startHelper(): Promise<Helper> {
    const runtime = await prepareRuntime(options.storageDirectory)
    const spawned = await spawnConfined({
      main: runtime.main,
      arguments: ['toolkit-host/egress/helper/serve.ts'],
      readable: [runtime.directory],
      network: true,
      environment: options.environment ?? {},
      workingDirectory: runtime.directory,
      heapMegabytes: 256,
      register: createChildRegister(options.runDirectory),
    })
    return connectHelper(spawned, (text) =>
      logger.warn({ pid: spawned.pid }, `The egress helper says: ${text}`),
    )
  }

  function runningHelper(): Promise<Helper> {
    if (helper) return helper
    const starting = startHelper()
    helper = starting
    const forget = () => {
      if (helper === starting) helper = null
    }
    starting.then(({ exited }) => exited).then(forget, forget)
    return starting
  }

  /** Resolves when there is room; rejects when the caller gave up before. */
  function takeTurn(signal: AbortSignal): Promise<void> {
    if (underWay < maxConcurrent) {
      underWay++
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        queue.delete(waiting)
        reject(signal.reason)
      }
      const waiting = {
        begin: () => {
          signal.removeEventListener('abort', giveUp)
          resolve()
        },
      }
      signal.addEventListener('abort', giveUp, { once: true })
      queue.add(waiting)
    })
  }

  function passTurn() {
    const [next] = queue
    if (next) {
      queue.delete(next)
      return next.begin()
    }
    underWay--
    if (underWay === 0) idleTimer = setTimeout(() => void stopHelper(), idleMs).unref()
  }

  async function stopHelper() {
    const stopping = helper
    helper = null
    const running = await stopping?.catch(() => null)
    await running?.stop()
  }

  return {
    async request(request: EgressRequest, signal: AbortSignal): Promise<EgressResponse> {
      signal.throwIfAborted()
      checkLimits(request)
      if (idleTimer) clearTimeout(idleTimer)
      await takeTurn(signal)
      try {
        return await (await runningHelper()).request(request, signal)
      } finally {
        passTurn()
      }
    },
    async close() {
      if (idleTimer) clearTimeout(idleTimer)
      await stopHelper()
    },
  }
}

function checkLimits({ maxBodyBytes, timeoutMs }: EgressRequest) {
  if (maxBodyBytes > largestBody) {
    throw new ToolboxError('validation_failed', `maxBodyBytes may be at most ${largestBody}.`)
  }
  if (!(timeoutMs > 0 && timeoutMs <= 600_000)) {
    throw new ToolboxError('validation_failed', 'timeoutMs must be above 0 and at most 600,000.')
  }
}
