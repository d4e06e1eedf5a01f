import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Link } from 'react-router'
import type { Tone } from '../../lib/job-status.ts'
import { PlotTable } from './PlotTable.tsx'
import './plots.css'

/** One step of the time: what it says when looked at, and where it leads. */
export interface PlotStep {
  readonly title: string
  readonly values: readonly PlotValue[]
  readonly to: string
}
export interface PlotValue {
  readonly word: string
  readonly tone: Tone
  /** As it is read; null when there is none. */
  readonly said: string | null
}
/** A line across, so high from the bottom (0) to the top (1). */
export interface Tick {
  readonly at: number
  readonly word: string
}

/** Units of the drawing: each step is ten wide, all of it a hundred high. */
export const stepWidth = 10
export const plotHeight = 100

/** Something over time: drawn by its children, read step by step with pointer or arrow keys, or as a table. */
export function TimePlot(props: {
  /** What it shows, and in a few words how things are. */
  label: string
  steps: readonly PlotStep[]
  ticks: readonly Tick[]
  /** Words below the first, middle and last step. */
  axis: readonly string[]
  low?: boolean
  children: ReactNode
}) {
  const { label, steps, ticks, axis, low, children } = props
  const hits = useRef<HTMLDivElement>(null)
  const [looked, setLooked] = useState<number | null>(null)
  /** The one step that Tab reaches; the arrows go on from there. */
  const [entry, setEntry] = useState<number | null>(null)
  const tabbed = Math.min(entry ?? steps.length - 1, steps.length - 1)

  function move(event: KeyboardEvent) {
    const last = steps.length - 1
    const next = { ArrowLeft: tabbed - 1, ArrowRight: tabbed + 1, Home: 0, End: last }[event.key]
    if (next === undefined) return
    event.preventDefault()
    const target = hits.current?.children[Math.min(Math.max(next, 0), last)]
    if (target instanceof HTMLElement) target.focus()
  }
  return (
    <figure className={low ? 'plot time-plot plot-low' : 'plot time-plot'} aria-label={label}>
      <div className="plot-field">
        <svg
          viewBox={`0 0 ${steps.length * stepWidth} ${plotHeight}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {ticks.map(({ at }) => (
            <line key={at} x1="0" x2="100%" y1={yAt(at)} y2={yAt(at)} className="plot-tick" />
          ))}
          <line x1="0" x2="100%" y1={plotHeight} y2={plotHeight} className="plot-axis" />
          {children}
        </svg>
        {ticks.map(({ at, word }) => (
          <span
            key={at}
            className="plot-tick-word small soft number"
            style={{ bottom: `${at * 100}%` }}
            aria-hidden="true"
          >
            {word}
          </span>
        ))}
        <div ref={hits} className="plot-steps">
          {steps.map((step, index) => (
            <Link
              key={step.title}
              to={step.to}
              className="plot-step"
              tabIndex={index === tabbed ? 0 : -1}
              aria-label={`${step.title}: ${inWords(step)}`}
              onKeyDown={move}
              onFocus={() => {
                setEntry(index)
                setLooked(index)
              }}
              onBlur={() => setLooked(null)}
              onPointerEnter={() => setLooked(index)}
              onPointerLeave={() => setLooked(null)}
            />
          ))}
        </div>
        {looked !== null && steps[looked] && (
          <PlotNote step={steps[looked]} place={(looked + 0.5) / steps.length} />
        )}
      </div>
      <figcaption className="plot-words small soft number" aria-hidden="true">
        {axis.map((word) => (
          <span key={word}>{word}</span>
        ))}
      </figcaption>
      <PlotTable label={label} steps={steps} />
    </figure>
  )
}

export const yAt = (share: number) => plotHeight - share * plotHeight

function inWords({ values }: PlotStep): string {
  const said = values.filter((value) => value.said !== null).map((value) => `${value.said} ${value.word}`)
  return said.join(', ') || 'nothing'
}

/** Beside the step that is looked at, on the side that has room. */
function PlotNote({ step, place }: { step: PlotStep; place: number }) {
  const side = place < 0.5 ? { left: `${place * 100}%` } : { right: `${(1 - place) * 100}%` }
  return (
    <div className="plot-note small" style={side} aria-hidden="true">
      <b>{step.title}</b>
      {step.values.map(({ word, tone, said }) => (
        <span key={word} className="plot-note-line">
          <span className={`swatch swatch-${tone}`} />
          {word}
          <b className="number push">{said ?? '–'}</b>
        </span>
      ))}
    </div>
  )
}
