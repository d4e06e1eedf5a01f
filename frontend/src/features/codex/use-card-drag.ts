import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { type TaskStatus, taskStatuses } from '@sre-toolbox/contract/codex/common'
import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'

export interface Drag {
  readonly task: BacklogTask
  readonly x: number
  readonly y: number
  /** Where it would go; null while it is over nothing. */
  readonly over: { readonly status: TaskStatus; readonly before: string | null } | null
}

/** A press becomes a drag when the pointer has moved this far. */
const threshold = 6

/** Cards are dragged with the mouse anywhere, by touch at their handle; near an edge there is more to come. Escape lets go. */
export function useCardDrag(onDrop: (task: BacklogTask, status: TaskStatus, before: string | null) => void) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const dropped = useRef(onDrop)
  dropped.current = onDrop
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  function begin(event: ReactPointerEvent, task: BacklogTask) {
    const onHandle = event.target instanceof Element && event.target.closest('[data-handle]') !== null
    if (event.button !== 0 || (event.pointerType !== 'mouse' && !onHandle)) return
    const start = { x: event.clientX, y: event.clientY }
    let current: Drag | null = null
    const listening = new AbortController()
    const { signal } = listening
    const show = (next: Drag | null) => {
      current = next
      setDrag(next)
    }
    let frame = 0
    const follow = () => {
      if (!current) return
      const { x, y } = current
      // What scrolls away below a pointer that stands still leaves it over something else.
      if (scrollAtEdge(x, y)) show({ task, x, y, over: targetAt(x, y, task.task) })
      frame = requestAnimationFrame(follow)
    }
    stop.current = () => {
      cancelAnimationFrame(frame)
      listening.abort()
      show(null)
    }
    window.addEventListener(
      'pointermove',
      ({ clientX: x, clientY: y }) => {
        if (!current && Math.hypot(x - start.x, y - start.y) < threshold) return
        window.getSelection()?.removeAllRanges()
        if (!current) frame = requestAnimationFrame(follow)
        show({ task, x, y, over: targetAt(x, y, task.task) })
      },
      { signal },
    )
    window.addEventListener(
      'pointerup',
      () => {
        const { over = null } = current ?? {}
        if (current) swallowClick()
        stop.current?.()
        if (over) dropped.current(task, over.status, over.before)
      },
      { signal },
    )
    window.addEventListener('pointercancel', () => stop.current?.(), { signal })
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && stop.current?.(), { signal })
  }
  return { drag, begin }
}

/** So near an edge, a drag scrolls; by so much a frame at most. */
const edge = 72
const fastest = 14

/** Scrolls the page up and down and the board sideways while a card is held near an edge; whether anything moved. */
function scrollAtEdge(x: number, y: number): boolean {
  const board = document.querySelector('.board')
  const share = (into: number) => Math.min(1, Math.max(0, into / edge))
  const by = (at: number, from: number, to: number) =>
    Math.round(fastest * (share(at - to + edge) - share(from + edge - at)))
  const before = [window.scrollY, board?.scrollLeft]
  window.scrollBy(0, by(y, 0, window.innerHeight))
  const sides = board?.getBoundingClientRect()
  if (board && sides) board.scrollLeft += by(x, sides.left, sides.right)
  return before[0] !== window.scrollY || before[1] !== board?.scrollLeft
}

/** Letting go over the card's title is no click on it. */
function swallowClick() {
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
}

/** The column under the pointer, and the card whose upper half is nearest below it. */
function targetAt(x: number, y: number, dragged: string): Drag['over'] {
  const column = document.elementFromPoint(x, y)?.closest('[data-column]')
  const status = taskStatuses.find((each) => each === column?.getAttribute('data-column'))
  if (!column || !status) return null
  const cards = [...column.querySelectorAll('[data-task]')]
  const below = cards.find((card) => {
    const { top, height } = card.getBoundingClientRect()
    return card.getAttribute('data-task') !== dragged && y < top + height / 2
  })
  return { status, before: below?.getAttribute('data-task') ?? null }
}
