import type { Clock } from '../../kernel/clock.ts'
import type { Logger } from '../../kernel/logger.ts'
import type { HostCall, HostedCode, HostInfo, HostRun, HostServices } from '../../toolkits/ports.ts'
import type { HostExit, HostProcess } from './host-process.ts'
import { createRun, type PendingRun } from './host-run.ts'
import { residentBytesOf } from './resident-memory.ts'

export interface FleetOptions {
  readonly code: HostedCode
  readonly spawn: (onExit: (exit: HostExit) => void) => Promise<HostProcess>
  readonly idleMs: number
  readonly maxExclusive: number
  readonly clock: Clock
  readonly logger: Logger
}

/** The processes of one toolkit version. */
export interface Fleet {
  load(): Promise<readonly string[]>
  start(call: HostCall, services: HostServices): HostRun
  list(): HostInfo[]
  /** Stops when the last run has ended. */
  drain(): Promise<void>
  close(): Promise<void>
}

/** Place for a process: one for everything that may share, and a few that take one run at a time. */
interface Slot {
  readonly exclusive: boolean
  readonly host: Promise<HostProcess>
  started: HostProcess | null
  readonly runs: Set<PendingRun>
  idleTimer: NodeJS.Timeout | null
  readonly gone: Promise<void>
}

/** A process that lived this long was well; the next crash is a first one again. */
const healthyAfterMs = 10_000
const longestBackoffMs = 5000

export function createFleet(options: FleetOptions): Fleet {
  const { code, clock, logger } = options
  const about = { toolkit: code.slug, version: code.version }
  const slots = new Set<Slot>()
  const waiting = new Set<PendingRun>()
  let restarts = 0
  let lastExit: string | null = null
  let crashesInARow = 0
  let notBefore = 0
  let retryTimer: NodeJS.Timeout | null = null
  let drained: (() => void) | null = null

  function openSlot(exclusive: boolean): Slot {
    const gone = Promise.withResolvers<void>()
    const leave = (exit: HostExit) => {
      onExit(slot, exit)
      gone.resolve()
    }
    const host = options.spawn(leave)
    const slot: Slot = {
      exclusive,
      host,
      started: null,
      runs: new Set(),
      idleTimer: null,
      gone: gone.promise,
    }
    slots.add(slot)
    host.then(
      (started) => onStarted(slot, started),
      (error: Error) => {
        const message = `The toolkit's process could not be started: ${error.message}`
        leave({ message, planned: false })
        for (const run of slot.runs) run.end({ kind: 'exited', message })
      },
    )
    return slot
  }

  function onStarted(slot: Slot, started: HostProcess) {
    slot.started = started
    logger.info({ ...about, pid: started.pid }, 'A toolkit host has started')
    for (const run of slot.runs) run.runIn(started)
    if (slot.runs.size === 0) becomeIdle(slot)
  }

  function onExit(slot: Slot, { message, planned }: HostExit) {
    slots.delete(slot)
    if (slot.idleTimer) clearTimeout(slot.idleTimer)
    lastExit = message
    if (planned) logger.info(about, message)
    else {
      logger.warn(about, message)
      restarts++
      const wasWell = clock.now() - (slot.started?.startedAt ?? clock.now()) >= healthyAfterMs
      crashesInARow = wasWell ? 1 : crashesInARow + 1
      notBefore = clock.now() + backoffMs(crashesInARow)
    }
    placeWaiting()
    noteDrained()
  }

  function findSlot(exclusive: boolean): Slot | null {
    const ofKind = [...slots].filter((slot) => slot.exclusive === exclusive && !slot.started?.isLeaving())
    const free = exclusive ? ofKind.find((slot) => slot.runs.size === 0) : ofKind[0]
    if (free) return free
    if (clock.now() < notBefore) return null
    return ofKind.length < (exclusive ? options.maxExclusive : 1) ? openSlot(exclusive) : null
  }

  function place(run: PendingRun): boolean {
    const slot = findSlot(run.exclusive)
    if (!slot) {
      waiting.add(run)
      scheduleRetry()
      return false
    }
    waiting.delete(run)
    if (slot.idleTimer) clearTimeout(slot.idleTimer)
    slot.idleTimer = null
    slot.runs.add(run)
    if (slot.started) run.runIn(slot.started)
    return true
  }

  /** In order; of each kind, until there is no room. */
  function placeWaiting() {
    const full = new Set<boolean>()
    for (const run of waiting) {
      if (full.size === 2) return
      if (!full.has(run.exclusive) && !place(run)) full.add(run.exclusive)
    }
  }

  /** While the version pauses after crashes; a free process calls for the waiting runs by itself. */
  function scheduleRetry() {
    const delay = notBefore - clock.now()
    if (retryTimer || delay <= 0) return
    retryTimer = setTimeout(() => {
      retryTimer = null
      placeWaiting()
    }, delay)
  }

  function release(run: PendingRun) {
    waiting.delete(run)
    for (const slot of slots) {
      if (slot.runs.delete(run) && slot.runs.size === 0) becomeIdle(slot)
    }
    if (waiting.size > 0) placeWaiting()
    noteDrained()
  }

  function becomeIdle(slot: Slot) {
    if (drained) return void slot.started?.stop('was stopped because this version is retired')
    if (slot.idleTimer) clearTimeout(slot.idleTimer)
    slot.idleTimer = setTimeout(() => {
      void slot.started?.stop('was stopped because it was idle')
    }, options.idleMs).unref()
  }

  function noteDrained() {
    if (slots.size === 0 && waiting.size === 0) drained?.()
  }

  return {
    async load() {
      const slot = [...slots].find(({ exclusive, started }) => !exclusive && !started?.isLeaving())
      return (await (slot ?? openSlot(false)).host).loaded
    },

    start(call, services) {
      const run = createRun(call, services, () => release(run))
      place(run)
      return run.face
    },

    list: () =>
      [...slots].flatMap(({ started, runs }) =>
        started
          ? {
              slug: code.slug,
              version: code.version,
              digest: code.digest,
              pid: started.pid,
              startedAt: started.startedAt,
              residentBytes: residentBytesOf(started.pid),
              running: runs.size,
              restarts,
              lastExit,
            }
          : [],
      ),

    drain() {
      const { promise, resolve } = Promise.withResolvers<void>()
      drained = resolve
      for (const slot of slots) if (slot.runs.size === 0) becomeIdle(slot)
      noteDrained()
      return promise
    },

    async close() {
      if (retryTimer) clearTimeout(retryTimer)
      for (const run of [...waiting]) run.end({ kind: 'exited', message: 'SRE Toolbox is stopping.' })
      const all = [...slots]
      await Promise.all(
        all.map(async (slot) => {
          const host = await slot.host.catch(() => null)
          await host?.kill('was stopped because SRE Toolbox is stopping')
          await slot.gone
        }),
      )
    },
  }
}

/** At once after a first crash, then ever more slowly. */
function backoffMs(crashesInARow: number): number {
  return crashesInARow <= 1 ? 0 : Math.min(longestBackoffMs, 250 * 2 ** (crashesInARow - 2))
}
