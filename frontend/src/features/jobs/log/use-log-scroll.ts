import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { clampOffset, greatestOffset, lineHeight, offsetPerPixel } from './log-scroll.ts'

const pixelsOf = [1, lineHeight, 20 * lineHeight] as const
const keyLines: Readonly<Record<string, number>> = { ArrowUp: -2, ArrowDown: 2 }

/** Keeps what a log is scrolled to, in step with what its element is scrolled to. */
export function useLogScroll(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  onScroll: (atEnd: boolean) => void,
) {
  const [height, setHeight] = useState(0)
  const [wanted, setWanted] = useState(0)
  const view = useMemo(() => ({ count, height }), [count, height])
  const offset = clampOffset(wanted, view)
  const latest = useRef({ view, offset, onScroll })

  useLayoutEffect(() => {
    latest.current = { view, offset, onScroll }
    const element = scroller.current
    if (!element) return
    const top = offset / offsetPerPixel(view)
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTop = top
  })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    setHeight(element.clientHeight)
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    function move(next: number) {
      const { view: now, offset: before, onScroll: tell } = latest.current
      const atEnd = greatestOffset(now) - next < 2 * lineHeight
      if (atEnd || next < before) tell(atEnd)
      setWanted(clampOffset(next, now))
    }
    /** Also called when the element follows what was set here: then it is off by a rounding at most. */
    function scrolled(event: Event) {
      const { view: now, offset: before } = latest.current
      const perPixel = offsetPerPixel(now)
      const next = (event.currentTarget as HTMLElement).scrollTop * perPixel
      if (Math.abs(next - before) > (perPixel === 1 ? 0.5 : perPixel)) move(next)
    }
    /** Where one pixel of the element stands for more of the log, small steps are made here. */
    function wheeled(event: WheelEvent) {
      const { view: now, offset: before } = latest.current
      if (offsetPerPixel(now) === 1 || event.ctrlKey || event.shiftKey) return
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return
      event.preventDefault()
      move(clampOffset(before + event.deltaY * (pixelsOf[event.deltaMode] ?? 1), now))
    }
    function pressed(event: KeyboardEvent) {
      const { view: now, offset: before } = latest.current
      const page = Math.floor(now.height / lineHeight) - 2
      const lines = keyLines[event.key] ?? { PageUp: -page, PageDown: page }[event.key]
      if (lines === undefined || offsetPerPixel(now) === 1) return
      event.preventDefault()
      move(clampOffset(before + lines * lineHeight, now))
    }
    element.addEventListener('scroll', scrolled)
    element.addEventListener('wheel', wheeled, { passive: false })
    element.addEventListener('keydown', pressed)
    return () => {
      element.removeEventListener('scroll', scrolled)
      element.removeEventListener('wheel', wheeled)
      element.removeEventListener('keydown', pressed)
    }
  }, [scroller])

  return { view, offset, scrollTo: useCallback((next: number) => setWanted(next), []) }
}
