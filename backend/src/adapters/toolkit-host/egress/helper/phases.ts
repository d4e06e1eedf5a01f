import type { EgressResponse } from '../../../../toolkits/ports.ts'

export interface PhaseClock {
  resolved(): void
  connected(): void
  secured(): void
  sent(): void
  firstByte(): void
  /** Of one exchange, when its body has been read. */
  finish(): Omit<EgressResponse['timings'], 'total'>
}

/** Takes the time of the phases of one exchange, each from the end of the phase before. */
export function startPhases(): PhaseClock {
  const started = performance.now()
  const at: { resolved?: number; connected?: number; secured?: number; sent?: number; firstByte?: number } =
    {}
  const mark = (phase: keyof typeof at) => () => {
    at[phase] ??= performance.now()
  }
  const between = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? null : Math.max(0, to - from)

  return {
    resolved: mark('resolved'),
    connected: mark('connected'),
    secured: mark('secured'),
    sent: mark('sent'),
    firstByte: mark('firstByte'),
    finish() {
      const ended = performance.now()
      // A request is handed to the socket while that still connects; it is on its way once the connection stands.
      const sent = Math.max(at.sent ?? started, at.secured ?? at.connected ?? started)
      const firstByte = at.firstByte ?? ended
      return {
        dns: between(started, at.resolved),
        connect: between(at.resolved ?? started, at.connected),
        tls: between(at.connected, at.secured),
        firstByte: Math.max(0, firstByte - sent),
        download: ended - firstByte,
      }
    },
  }
}
