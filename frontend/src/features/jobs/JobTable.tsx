import { Checkbox } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { plural } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { holdRows } from './held-rows.ts'
import { JobRow } from './JobRow.tsx'

const columns = ['Status', 'Operation', 'Progress or reason', 'Requested by', 'Created', 'Took', 'Id']

interface Props {
  readonly jobs: readonly JobSummary[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: ReadonlySet<string>) => void
  readonly onEnd: () => void
}

/** Virtual rows, worked by pointer or by keyboard. Rows stay where they are while a pointer is over them. */
export function JobTable(props: Props) {
  const narrow = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false }) ?? false
  // Another height of the rows is another layout altogether.
  return <Rows key={String(narrow)} rowHeight={narrow ? 66 : 38} {...props} />
}

function Rows(props: Props & { rowHeight: number }) {
  const { jobs, selected, onSelect, onEnd, rowHeight } = props
  const navigate = useNavigate()
  const now = useNow(1000)
  const scroller = useRef<HTMLDivElement>(null)
  const [held, setHeld] = useState<readonly JobSummary[] | null>(null)
  const [active, setActive] = useState(0)
  const { rows, fresh } = held ? holdRows(held, jobs) : { rows: jobs, fresh: 0 }
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const lastShown = shown.at(-1)?.index ?? 0
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd()
  }, [lastShown, rows.length, onEnd])

  function toggle(id: string | undefined) {
    if (id === undefined) return
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  function move(to: number) {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    setActive(index)
    virtual.scrollToIndex(index)
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const id = rows[active]?.id
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      j: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      k: () => move(active - 1),
      PageDown: () => move(active + 15),
      PageUp: () => move(active - 15),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      Enter: () => id && void navigate(`/jobs/${id}`),
      ' ': () => toggle(id),
      x: () => toggle(id),
      Escape: () => onSelect(new Set()),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const activeId = rows[active]?.id
  return (
    <div
      className="card job-table"
      onPointerMove={({ pointerType }) => pointerType === 'mouse' && !held && setHeld(jobs)}
      onPointerLeave={() => setHeld(null)}
    >
      {fresh > 0 && (
        <button type="button" className="fresh-rows" onClick={() => setHeld(jobs)}>
          {plural(fresh, 'new job')} · show
        </button>
      )}
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label="Jobs. Arrow keys move, Enter opens, x selects."
        aria-rowcount={rows.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={activeId ? `job-${activeId}` : undefined}
        className="job-rows"
        onKeyDown={onKeyDown}
      >
        <div role="row" className="job-row job-head" tabIndex={-1}>
          <span role="columnheader" className="job-check">
            <Checkbox
              aria-label="Select all that are loaded"
              tabIndex={-1}
              checked={rows.length > 0 && rows.every(({ id }) => selected.has(id))}
              indeterminate={selected.size > 0 && !rows.every(({ id }) => selected.has(id))}
              onChange={({ currentTarget }) =>
                onSelect(new Set(currentTarget.checked ? rows.map(({ id }) => id) : []))
              }
            />
          </span>
          {columns.map((title) => (
            <span role="columnheader" key={title}>
              {title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="job-space" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start, size, key }) => {
            const job = rows[index]
            if (!job) return null
            return (
              <div
                key={key}
                id={`job-${job.id}`}
                role="row"
                tabIndex={-1}
                aria-rowindex={index + 2}
                aria-selected={selected.has(job.id)}
                className={index === active ? 'job-row job-row-active' : 'job-row'}
                style={{ height: size, transform: `translateY(${start}px)` }}
              >
                <JobRow job={job} now={now} selected={selected.has(job.id)} onSelect={() => toggle(job.id)} />
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
