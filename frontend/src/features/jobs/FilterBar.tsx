import { Select } from '@mantine/core'
import { type JobStatus, jobStatuses } from '@sre-toolbox/contract/jobs'
import type { RefObject } from 'react'
import { ClearFilters } from '../../components/ClearFilters.tsx'
import { FilterChip } from '../../components/FilterChip.tsx'
import { SearchText } from '../../components/SearchText.tsx'
import { ToolkitSelect } from '../../components/ToolkitSelect.tsx'
import { exactTime, shortId } from '../../lib/format.ts'
import { jobStatusLooks } from '../../lib/job-status.ts'
import { spans } from '../../lib/time-spans.ts'
import { isNarrowed, type JobFilter, noFilter } from './job-filter.ts'

const statusGroups: readonly { title: string; statuses: readonly JobStatus[] }[] = [
  { title: 'All', statuses: [] },
  { title: 'Active', statuses: ['scheduled', 'waiting_approval', 'queued', 'running', 'cancelling'] },
  { title: 'Failed', statuses: ['failed', 'lost'] },
  { title: 'Succeeded', statuses: ['succeeded'] },
  { title: 'Cancelled', statuses: ['cancelled'] },
]
const sameStatuses = (a: readonly JobStatus[], b: readonly JobStatus[]) =>
  a.toSorted().join() === b.toSorted().join()

export function FilterBar(props: {
  filter: JobFilter
  onChange: (filter: JobFilter) => void
  searchRef: RefObject<HTMLInputElement | null>
}) {
  const { filter, onChange, searchRef } = props
  const group = statusGroups.find(({ statuses }) => sameStatuses(statuses, filter.status))
  const set = (change: Partial<JobFilter>) => onChange({ ...filter, ...change })
  return (
    <search className="filter-bar">
      <fieldset className="segments">
        <legend className="hidden-text">Status</legend>
        {statusGroups.map(({ title, statuses }) => (
          <button
            key={title}
            type="button"
            aria-pressed={group?.title === title}
            onClick={() => set({ status: statuses })}
          >
            {title}
          </button>
        ))}
      </fieldset>
      <SearchText
        label="Text in id, operation, requester or error"
        placeholder="Id, operation, requester, error…"
        value={filter.q}
        onChange={(q) => set({ q })}
        inputRef={searchRef}
      />
      <Select
        aria-label="One status"
        placeholder="Any status"
        clearable
        w={150}
        data={jobStatuses.map((status) => ({ value: status, label: jobStatusLooks[status].word }))}
        value={filter.status.length === 1 ? (filter.status[0] ?? null) : null}
        onChange={(status) => set({ status: jobStatuses.filter((known) => known === status) })}
      />
      <ToolkitSelect value={filter.toolkit} onChange={(toolkit) => set({ toolkit, operation: '' })} />
      <Select
        aria-label="Time"
        placeholder="Any time"
        clearable
        w={140}
        data={Object.entries(spans).map(([value, { title }]) => ({ value, label: title }))}
        value={filter.within || null}
        onChange={(within) => set({ within: within ?? '' })}
      />
      {filter.operation && (
        <FilterChip name="operation" value={filter.operation} onClear={() => set({ operation: '' })} />
      )}
      {filter.requestedBy && (
        <FilterChip name="by" value={filter.requestedBy} onClear={() => set({ requestedBy: '' })} />
      )}
      {filter.scheduleId && (
        <FilterChip
          name="schedule"
          value={shortId(filter.scheduleId)}
          onClear={() => set({ scheduleId: '' })}
        />
      )}
      {(filter.since || filter.until) && (
        <FilterChip
          name="made"
          value={between(filter.since, filter.until)}
          onClear={() => set({ since: '', until: '' })}
        />
      )}
      {(filter.endedSince || filter.endedUntil) && (
        <FilterChip
          name="ended"
          value={between(filter.endedSince, filter.endedUntil)}
          onClear={() => set({ endedSince: '', endedUntil: '' })}
        />
      )}
      {isNarrowed(filter) && <ClearFilters onClear={() => onChange(noFilter)} />}
    </search>
  )
}

/** `11-22 14:00 to 11-22 15:00`, in the time zone of the person. */
function between(since: string, until: string): string {
  const minute = (instant: string) => exactTime(new Date(instant).toISOString()).slice(5, 16)
  if (since === '') return `before ${minute(until)}`
  return until === '' ? `since ${minute(since)}` : `${minute(since)} to ${minute(until)}`
}
