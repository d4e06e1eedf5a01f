import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
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

/** A table of any length, of which only the rows in view exist; worked by pointer or by keyboard. */
export function VirtualGrid<Row>(props: Props<Row>) {
  const narrow = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false
  // Another height of the rows is another layout altogether.
  return <Rows key={String(narrow)} rowHeight={props.rowHeights[narrow ? 1 : 0]} {...props} />
}

function Rows<Row>(props: Props<Row> & { rowHeight: number }) {
  const { label, name, columns, rows, idOf, cells, rowHeight, onOpen, onEnd, isSelected, keys } = props
  const scroller = useRef<HTMLTableElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : idOf(row)
    },
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd()
  }, [lastShown, rows.length, onEnd])

  function move(to: number) {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    setActive(index)
    virtual.scrollToIndex(index)
  }
  const activeRow = rows[active]
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
