import { sha256 } from '../kernel/sha256.ts'
import type { Finding } from '../text/finding.ts'
import { type Event, type Step, stepTypes } from './event.ts'

/** Adds a step to the end of a session's file. */
export function appendEvent(source: string, session: string, at: Date, step: Step): string {
  const last = source.trimEnd().split('\n').at(-1)
  const previous = last ? (JSON.parse(last) as Event) : undefined
  const unsealed = {
    session,
    seq: (previous?.seq ?? 0) + 1,
    at: at.toISOString(),
    ...step,
    prev: previous?.hash ?? sha256(session),
  }
  return `${source}${JSON.stringify({ ...unsealed, hash: seal(unsealed) })}\n`
}

/**
 * Reads a session's file. Every line's hash must fit the line, and its `prev` must be the session's own seal or an earlier
 * line's hash: two lines may follow the same one where branches were merged.
 */
export function readEvents(source: string, file: string): { events: Event[]; findings: Finding[] } {
  const events: Event[] = []
  const findings: Finding[] = []
  const seals = new Set<string>()
  const session = file.slice(file.lastIndexOf('/') + 1).replace(/\.jsonl$/, '')
  seals.add(sha256(session))
  const lines = source.split('\n')
  const last = lines.pop()
  if (last !== '') findings.push(fault(file, lines.length + 1, 'event_torn', 'The last line does not end.'))
  lines.forEach((line, index) => {
    const event = parseEvent(line)
    if (!event) findings.push(fault(file, index + 1, 'event_malformed', 'This line is not an event.'))
    else if (event.hash !== sealOf(event) || event.session !== session) {
      findings.push(fault(file, index + 1, 'event_altered', 'This line was altered: its hash does not fit.'))
    } else if (!seals.has(event.prev)) {
      findings.push(
        fault(file, index + 1, 'event_missing', 'A line before this one is missing: the chain is broken.'),
      )
    }
    if (event) {
      seals.add(event.hash)
      events.push(event)
    }
  })
  return { events, findings }
}

/** The lines of both sides, in the order of their numbers and times; the same whichever side is whose. */
export function mergeEvents(ours: string, theirs: string): string {
  const lines = new Set([...ours.split('\n'), ...theirs.split('\n')].filter((line) => line !== ''))
  const keyed = [...lines].map((line) => ({ line, event: JSON.parse(line) as Event }))
  keyed.sort(
    (a, b) => a.event.seq - b.event.seq || compare(a.event.at, b.event.at) || compare(a.line, b.line),
  )
  return keyed.map(({ line }) => `${line}\n`).join('')
}

function parseEvent(line: string): Event | undefined {
  try {
    const event = JSON.parse(line) as Event | null
    return event && typeof event === 'object' && stepTypes.includes(event.type) ? event : undefined
  } catch {
    return undefined
  }
}

function sealOf(event: Event): string {
  const { hash: _hash, ...unsealed } = event
  return seal(unsealed)
}

function seal(unsealed: object): string {
  return sha256(JSON.stringify(unsealed))
}

function fault(file: string, line: number, code: string, message: string): Finding {
  return {
    code,
    severity: 'fatal',
    file,
    line,
    column: 1,
    message,
    fix: 'restore the file with `git restore`.',
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
