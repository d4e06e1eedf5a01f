import { useHotkeys } from '@mantine/hooks'
import { type RefObject, useRef } from 'react'

/** j and k go from row to row of a list whose rows each begin with a link; Enter opens it as any link. */
export function useRowKeys<List extends HTMLElement>(): RefObject<List | null> {
  const list = useRef<List>(null)
  function go(step: 1 | -1) {
    const rows = [...(list.current?.children ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const next = at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))
    // What lies behind a dialog keeps still.
    if (document.querySelector('[aria-modal="true"]') === null) rows[next]?.querySelector('a')?.focus()
  }
  useHotkeys([
    ['j', () => go(1)],
    ['k', () => go(-1)],
  ])
  return list
}
