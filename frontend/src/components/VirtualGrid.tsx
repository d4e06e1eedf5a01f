import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef } from 'react'
import { useKept } from '../lib/use-kept.ts'
import './virtual-grid.css'

export interface GridColumn {
  readonly title: string
  /** Shown in place of the title. */
  readonly head?: ReactNode
  readonly className?: string
}

interface Props<Row> {
  /** What it lists and which keys do what. */
  readonly label: string
  /** Begins the ids of its rows. */
  readonly name: string
  readonly columns: readonly GridColumn[]
  readonly rows: readonly Row[]
  readonly idOf: (row: Row) => string
  /** The `<td>`s of a row. */
  readonly cells: (row: Row) => ReactNode
  /** In pixels; the second where there is no room for columns. */
  readonly rowHeights: readonly [wide: number, narrow: number]
  readonly onOpen: (row: Row) => void
  /** The last rows come into view. */
  readonly onEnd: () => void
  readonly isSelected?: (row: Row) => boolean
  /** What other keys do with the active row. */
  readonly keys?: (row: Row) => Readonly<Record<string, () => void>>
}

/**
 * A table of any length, of which only the rows in view exist; worked by pointer or by keyboard. The active row stays
 * the same row whatever comes and goes around it, and is where it was when somebody comes back.
 */
export function VirtualGrid<Row>(props: Props<Row>) {
  const narrow = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false
  // Another height of the rows is another layout altogether.
  return <Rows key={String(narrow)} rowHeight={props.rowHeights[narrow ? 1 : 0]} {...props} />
}

function Rows<Row>(props: Props<Row> & { rowHeight: number }) {
  const { label, name, columns, rows, idOf, cells, rowHeight, onOpen, onEnd, isSelected, keys } = props
  const scroller = useRef<HTMLTableElement>(null)
  const [was, setWas] = useKept(`${name} grid`, { id: '', index: 0, focused: false, top: 0 })
  const found = was.id === '' ? -1 : rows.findIndex((row) => idOf(row) === was.id)
  const active = found >= 0 ? found : Math.min(was.index, Math.max(0, rows.length - 1))
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : idOf(row)
    },
    overscan: 12,
    initialOffset: was.top,
  })
  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd()
  }, [lastShown, rows.length, onEnd])

  const cameBack = useRef(was.focused)
  useEffect(() => {
    if (cameBack.current) scroller.current?.focus({ preventScroll: true })
  }, [])

  function remember(index: number, focused = true) {
    const row = rows[index]
    const top = scroller.current?.scrollTop ?? 0
    setWas({ id: row === undefined ? '' : idOf(row), index, focused, top })
  }
  function move(to: number) {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    virtual.scrollToIndex(index)
    remember(index)
  }
  const activeRow = rows[active]
  function onPointerDown({ target }: PointerEvent) {
    const row = target instanceof Element && target.closest('tbody tr')
    if (row) remember(Number(row.getAttribute('aria-rowindex')) - 2, false)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const known: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      j: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      k: () => move(active - 1),
      PageDown: () => move(active + 15),
      PageUp: () => move(active - 15),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      ...(activeRow !== undefined && { Enter: () => onOpen(activeRow), ...keys?.(activeRow) }),
    }
    const act = known[event.key]
    if (!act) return
    event.preventDefault()
    remember(active)
    act()
  }

  return (
    <table
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA makes a table with keys of its own a grid
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={isSelected !== undefined}
      aria-activedescendant={activeRow === undefined ? undefined : `${name}-${idOf(activeRow)}`}
      className="grid-rows"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onFocus={({ target, currentTarget }) => target === currentTarget && remember(active)}
      onBlur={() => setWas((last) => ({ ...last, focused: false }))}
      onScrollEnd={() => setWas((last) => ({ ...last, top: scroller.current?.scrollTop ?? 0 }))}
    >
      <thead>
        <tr className="grid-row grid-head" aria-rowindex={1}>
          {columns.map(({ title, head, className }) => (
            <th key={title} scope="col" className={className}>
              {head ?? title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start, size, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <tr
              key={key}
              id={`${name}-${idOf(row)}`}
              aria-rowindex={index + 2}
              aria-selected={isSelected?.(row)}
              className={index === active ? 'grid-row grid-row-active' : 'grid-row'}
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              {cells(row)}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
