import { Checkbox } from '@mantine/core'
import type { JobSummary } from '@sre-toolbox/contract/jobs'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { VirtualGrid } from '../../components/VirtualGrid.tsx'
import { plural } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'
import { holdRows } from './held-rows.ts'
import { JobRow } from './JobRow.tsx'

const columns = [
  { title: 'Status' },
  { title: 'Operation' },
  { title: 'Progress or reason' },
  { title: 'Requested by', className: 'job-by' },
  { title: 'Created' },
  { title: 'Took', className: 'job-took' },
  { title: 'Id', className: 'job-id' },
]

/** Rows stay where they are while a pointer is over them. */
export function JobTable(props: {
  jobs: readonly JobSummary[]
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
  onEnd: () => void
}) {
  const { jobs, selected, onSelect, onEnd } = props
  const navigate = useNavigate()
  const { search } = useLocation()
  const now = useNow(1000)
  const [held, setHeld] = useState<readonly JobSummary[] | null>(null)
  const { rows, fresh } = held ? holdRows(held, jobs) : { rows: jobs, fresh: 0 }

  function toggle(id: string) {
    const next = new Set(selected)
    if (!next.delete(id)) next.add(id)
    onSelect(next)
  }
  const allSelected = rows.length > 0 && rows.every(({ id }) => selected.has(id))
  const selectAll = (
    <Checkbox
      aria-label="Select all that are loaded"
      tabIndex={-1}
      checked={allSelected}
      indeterminate={selected.size > 0 && !allSelected}
      onChange={({ currentTarget }) =>
        onSelect(new Set(currentTarget.checked ? rows.map(({ id }) => id) : []))
      }
    />
  )
  return (
    <div
      className="card grid-card job-table"
      onPointerMove={({ pointerType }) => pointerType === 'mouse' && !held && setHeld(jobs)}
      onPointerLeave={() => setHeld(null)}
    >
      {fresh > 0 && (
        <button type="button" className="fresh-rows" onClick={() => setHeld(jobs)}>
          {plural(fresh, 'new job')} · show
        </button>
      )}
      <VirtualGrid
        label="Jobs. Arrow keys move, Enter opens, x selects."
        name="job"
        columns={[{ title: 'Selected', head: selectAll, className: 'job-check' }, ...columns]}
        rows={rows}
        rowHeights={[38, 66]}
        idOf={({ id }) => id}
        isSelected={({ id }) => selected.has(id)}
        onOpen={({ id }) => void navigate(`/jobs/${id}`, { state: { list: search } })}
        onEnd={onEnd}
        keys={({ id }) => ({
          ' ': () => toggle(id),
          x: () => toggle(id),
          Escape: () => onSelect(new Set()),
        })}
        cells={(job) => (
          <JobRow
            job={job}
            list={search}
            now={now}
            selected={selected.has(job.id)}
            onSelect={() => toggle(job.id)}
          />
        )}
      />
    </div>
  )
}
