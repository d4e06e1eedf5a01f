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

/** Cards are dragged with the mouse anywhere, by touch at their handle. Escape lets go. */
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
    stop.current = () => {
      listening.abort()
      show(null)
    }
    window.addEventListener(
      'pointermove',
      ({ clientX: x, clientY: y }) => {
        if (!current && Math.hypot(x - start.x, y - start.y) < threshold) return
        window.getSelection()?.removeAllRanges()
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
