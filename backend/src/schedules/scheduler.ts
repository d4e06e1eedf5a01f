import type { Logger } from '../kernel/logger.ts'

export interface Scheduler {
  start(): void
  /** Resolves when what is under way has ended. */
  stop(): Promise<void>
}

const usualTickMs = 1000

/** Looks every second for what is due. */
export function createScheduler(deps: {
  fireDue: () => Promise<void>
  logger: Logger
  tickMs?: number
}): Scheduler {
  let timer: NodeJS.Timeout | null = null
  let firing: Promise<void> = Promise.resolve()

  async function look(): Promise<void> {
    try {
      await deps.fireDue()
    } catch (error) {
      deps.logger.error({ error }, 'schedules could not be looked through; it is tried again')
    }
  }
  function tick(): void {
    timer = setTimeout(() => {
      firing = look().finally(() => {
        if (timer) tick()
      })
    }, deps.tickMs ?? usualTickMs)
  }

  return {
    start: tick,
    async stop() {
      if (timer) clearTimeout(timer)
      timer = null
      await firing
    },
  }
}
