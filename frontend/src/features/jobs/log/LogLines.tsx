import type { LogLine } from '@sre-toolbox/contract/jobs'
import { memo, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { exactTime } from '../../../lib/format.ts'
import { greatestOffset, linesInView, offsetOf, pointAt, spaceHeight } from './log-scroll.ts'
import { useLogScroll } from './use-log-scroll.ts'

export interface LogScroller {
  toIndex(index: number): void
  toEnd(): void
}

/** The lines in sight, of however many. */
export function LogLines(props: {
  count: number
  line: (index: number) => LogLine | undefined
  onSight: (first: number, last: number) => void
  /** The person scrolled: whether the end is in sight now. */
  onScroll: (atEnd: boolean) => void
  onPick: (line: LogLine) => void
  wrap: boolean
  picked: number | null
  found: string
  ref: Ref<LogScroller>
}) {
  const { count, line, onSight, wrap, picked, found, onPick } = props
  const scroller = useRef<HTMLElement>(null)
  const above = useRef<HTMLOListElement>(null)
  const below = useRef<HTMLOListElement>(null)
  /** Where to go next: the place of a line, or null for the end. */
  const [goal, setGoal] = useState<{ index: number | null } | null>(null)
  const { view, offset, scrollTo } = useLogScroll(scroller, count, props.onScroll)
  const point = pointAt(offset, view)
  const { first, last } = linesInView(point, view)
  const middle = Math.min(Math.max(Math.floor(point.line), first), last + 1)

  useImperativeHandle(
    props.ref,
    () => ({ toIndex: (index) => setGoal({ index }), toEnd: () => setGoal({ index: null }) }),
    [],
  )
  // The height of the view is not known before it is drawn.
  useLayoutEffect(() => {
    if (goal === null || view.height === 0) return
    scrollTo(goal.index === null ? greatestOffset(view) : offsetOf(goal.index, view, wrap))
    setGoal(null)
  }, [goal, view, wrap, scrollTo])
  useEffect(() => {
    if (count > 0 && view.height > 0) onSight(first, last)
  }, [first, last, count, view.height, onSight])
  // Where the lines hang is known when the one at the point has its height.
  useLayoutEffect(() => {
    const height = below.current?.firstElementChild?.clientHeight ?? 0
    const shift = `translateY(${point.top - (point.line - middle) * height}px)`
    if (above.current) above.current.style.transform = shift
    if (below.current) below.current.style.transform = shift
  })

  const rows = (from: number, to: number) =>
    placesBetween(from, to).map((place) => {
      const shown = line(place)
      const isPicked = shown !== undefined && shown.seq === picked
      return <Row key={place} line={shown} found={found} picked={isPicked} onPick={onPick} />
    })
  return (
    <Scrollable aria-label="Log" ref={scroller} className={wrap ? 'log-lines log-wrap' : 'log-lines'}>
      <div className="log-space" style={{ height: spaceHeight(view) }}>
        <div className="log-sight" style={{ height: Math.min(view.height, spaceHeight(view)) }}>
          <ol ref={above} className="log-above">
            {rows(first, middle)}
          </ol>
          <ol ref={below} className="log-below">
            {rows(middle, last + 1)}
          </ol>
        </div>
      </div>
    </Scrollable>
  )
}

function placesBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}

const levelLetters = { debug: 'DBG', info: 'INF', warn: 'WRN', error: 'ERR' } as const

const Row = memo(function Row(props: {
  line: LogLine | undefined
  found: string
  picked: boolean
  onPick: (line: LogLine) => void
}) {
  const { line, found, picked, onPick } = props
  if (!line) {
    return (
      <li className="log-line">
        <span className="log-missing">…</span>
      </li>
    )
  }
  return (
    <li className={picked ? 'log-line log-picked' : 'log-line'}>
      <button
        type="button"
        className="log-number"
        tabIndex={-1}
        onClick={() => onPick(line)}
        title="Copy a link to this line"
      >
        {line.seq}
      </button>
      <time dateTime={line.at} title={exactTime(line.at)} className="log-time">
        {exactTime(line.at).slice(11)}
      </time>
      <span className={`log-level log-${line.level}`}>{levelLetters[line.level]}</span>
      <span className="log-text">{found === '' ? line.text : highlighted(line.text, found)}</span>
    </li>
  )
})

function highlighted(text: string, found: string) {
  const parts = []
  const low = text.toLowerCase()
  let end = 0
  for (let at = low.indexOf(found); at >= 0; at = low.indexOf(found, end)) {
    parts.push(text.slice(end, at), <mark key={at}>{text.slice(at, at + found.length)}</mark>)
    end = at + found.length
  }
  return [...parts, text.slice(end)]
}
