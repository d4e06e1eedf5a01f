import type { LogLine } from '@sre-toolbox/contract/jobs'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { Scrollable } from '../../../components/Scrollable.tsx'
import { exactTime } from '../../../lib/format.ts'

export interface LogScroller {
  toIndex(index: number, align: 'center' | 'end'): void
}

const lineHeight = 18

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
  const { count, line, onSight, onScroll, onPick, wrap, picked, found } = props
  const scroller = useRef<HTMLElement>(null)
  const lastTop = useRef(0)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  })
  useImperativeHandle(
    props.ref,
    () => ({ toIndex: (index, align) => virtual.scrollToIndex(index, { align }) }),
    [virtual],
  )
  const shown = virtual.getVirtualItems()
  const first = shown[0]?.index ?? 0
  const last = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (count > 0) onSight(first, last)
  }, [first, last, count, onSight])
  // A change of wrapping changes the height of every line.
  useEffect(() => {
    if (!wrap) virtual.measure()
  }, [wrap, virtual])

  function scrolled() {
    const element = scroller.current
    if (!element) return
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < lineHeight * 2
    if (atEnd || element.scrollTop < lastTop.current) onScroll(atEnd)
    lastTop.current = element.scrollTop
  }
  return (
    <Scrollable
      ref={scroller}
      className={wrap ? 'log-lines log-wrap' : 'log-lines'}
      aria-label="Log"
      onScroll={scrolled}
    >
      <ol className="log-space" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, key }) => (
          <li
            key={key}
            data-index={index}
            ref={wrap ? virtual.measureElement : null}
            className={line(index)?.seq === picked ? 'log-line log-picked' : 'log-line'}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Line line={line(index)} found={found} onPick={onPick} />
          </li>
        ))}
      </ol>
    </Scrollable>
  )
}

const levelLetters = { debug: 'DBG', info: 'INF', warn: 'WRN', error: 'ERR' } as const

function Line(props: { line: LogLine | undefined; found: string; onPick: (line: LogLine) => void }) {
  const { line, found, onPick } = props
  if (!line) return <span className="log-missing">…</span>
  return (
    <>
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
    </>
  )
}

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
