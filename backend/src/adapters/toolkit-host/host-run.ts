import type { HostCall, HostEnd, HostRun, HostServices } from '../../toolkits/ports.ts'
import type { HostProcess, HostProcessCall } from './host-process.ts'

/** One call from its start to its end, with or without a process to run in yet. */
export interface PendingRun {
  readonly exclusive: boolean
  readonly face: HostRun
  isOver(): boolean
  /** Hands the call to a process. */
  runIn(host: HostProcess): void
  end(end: HostEnd): void
}

const neverBegan: HostEnd = { kind: 'exited', message: 'The operation was stopped before it began.' }

export function createRun(call: HostCall, services: HostServices, onEnded: () => void): PendingRun {
  const began = Promise.withResolvers<boolean>()
  const ended = Promise.withResolvers<HostEnd>()
  let isOver = false
  let place: { host: HostProcess; call: HostProcessCall } | null = null

  function end(how: HostEnd) {
    if (isOver) return
    isOver = true
    began.resolve(false)
    ended.resolve(how)
    onEnded()
  }

  return {
    exclusive: call.exclusive,
    isOver: () => isOver,
    end,
    runIn(host) {
      began.resolve(true)
      place = { host, call: host.run(call, services, end) }
    },
    face: {
      began: began.promise,
      ended: ended.promise,
      abort(reason) {
        if (place) place.call.abort(reason)
        else end(neverBegan)
      },
      async kill() {
        if (!place) return end(neverBegan)
        // Nothing of an ended handler is left to kill; others may be at work in the process.
        if (!place.call.isRunning()) return
        await place.host.kill('was killed to stop an operation that did not obey its signal')
      },
    },
  }
}
