import type { Logger } from '../kernel/logger.ts'

export interface HousekeepingTask {
  readonly name: string
  readonly everyMs: number
  run(): Promise<unknown>
}

export interface Housekeeping {
  start(): void
  /** Resolves when the task under way has ended. */
  stop(): Promise<void>
}

const firstAfterMs = 60_000

/** Runs what has to be done now and then, one task at a time. */
export function createHousekeeping(deps: {
  tasks: readonly HousekeepingTask[]
  logger: Logger
}): Housekeeping {
  const timers: NodeJS.Timeout[] = []
  let last: Promise<void> = Promise.resolve()

  function enqueue({ name, run }: HousekeepingTask): void {
    last = last.then(run).then(
      () => {},
      (error) =>
        deps.logger.error({ error, task: name }, 'a housekeeping task failed; it is tried again next time'),
    )
  }

  return {
    start() {
      for (const task of deps.tasks) {
        timers.push(
          setTimeout(() => enqueue(task), firstAfterMs),
          setInterval(() => enqueue(task), task.everyMs),
        )
      }
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      await last
    },
  }
}
