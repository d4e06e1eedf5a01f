import type { JobStatus } from '@sre-toolbox/contract/jobs'
import { jobStatusLooks, type Shape, type Tone } from '../lib/job-status.ts'
import './status-mark.css'

const paths: Readonly<Record<Shape, string>> = {
  check: 'M4.5 8.2l2.4 2.4 4.6-5',
  cross: 'M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4',
  play: 'M6.4 5v6l4.6-3z',
  clock: 'M8 4.6V8l2.3 1.6',
  dots: 'M4.6 8h.01M8 8h.01M11.4 8h.01',
  slash: 'M5 11l6-6',
  question: 'M6.2 6.4a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.5-.7 1M8 11.2h.01',
  hand: 'M6 5.2v5.6M10 5.2v5.6',
  bang: 'M8 4.8v3.8M8 11.1h.01',
}

/** A state as colour, shape and word. `alone` leaves the word to those who can't see. */
export function Mark({
  tone,
  shape,
  word,
  alone,
}: {
  tone: Tone
  shape: Shape
  word: string
  alone?: boolean
}) {
  return (
    <span className={`mark mark-${tone}`} title={alone ? word : undefined}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={`shape-${shape}`}>
        <circle cx="8" cy="8" r="7" />
        <path d={paths[shape]} />
      </svg>
      <span className={alone ? 'hidden-text' : undefined}>{word}</span>
    </span>
  )
}

export function JobStatusMark({ status, alone }: { status: JobStatus; alone?: boolean }) {
  return <Mark {...jobStatusLooks[status]} alone={alone ?? false} />
}

type Health = 'healthy' | 'degraded' | 'unhealthy' | 'unknown'
const healthLooks: Readonly<Record<Health, { word: string; tone: Tone; shape: Shape }>> = {
  healthy: { word: 'Healthy', tone: 'good', shape: 'check' },
  degraded: { word: 'Degraded', tone: 'warn', shape: 'bang' },
  unhealthy: { word: 'Unhealthy', tone: 'bad', shape: 'cross' },
  unknown: { word: 'Not checked', tone: 'mute', shape: 'question' },
}

export function HealthMark({ status, alone }: { status: Health; alone?: boolean }) {
  return <Mark {...healthLooks[status]} alone={alone ?? false} />
}

const effectLooks = {
  read: { word: 'Reads', tone: 'mute' },
  write: { word: 'Changes', tone: 'run' },
  destructive: { word: 'Destroys', tone: 'bad' },
} as const

/** What an operation does to the world. */
export function EffectTag({ effect }: { effect: keyof typeof effectLooks }) {
  const { word, tone } = effectLooks[effect]
  return <span className={`tag tag-${tone}`}>{word}</span>
}
