import { Autocomplete, Select, TextInput } from '@mantine/core'
import { auditOutcomes } from '@sre-toolbox/contract/audit'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { auditOutcomeLooks } from '../../components/audit/AuditOutcomeMark.tsx'
import { ClearFilters } from '../../components/ClearFilters.tsx'
import { FilterChip } from '../../components/FilterChip.tsx'
import { SearchText } from '../../components/SearchText.tsx'
import { shortId } from '../../lib/format.ts'
import { operationsQuery } from '../../lib/operation-list.ts'
import { spans } from '../../lib/time-spans.ts'
import { type AuditFilter, isNarrowed, noFilter } from './audit-filter.ts'

export function AuditFilterBar(props: {
  filter: AuditFilter
  onChange: (filter: AuditFilter) => void
  searchRef: RefObject<HTMLInputElement | null>
}) {
  const { filter, onChange, searchRef } = props
  const set = (change: Partial<AuditFilter>) => onChange({ ...filter, ...change })
  return (
    <search className="filter-bar">
      <SearchText
        label="Text anywhere in an entry"
        placeholder="Text in an entry…"
        value={filter.q}
        onChange={(q) => set({ q })}
        inputRef={searchRef}
      />
      <SearchText
        label="Who"
        placeholder="User name or id"
        value={filter.actor}
        onChange={(actor) => set({ actor })}
      />
      <OperationField value={filter.operation} onChange={(operation) => set({ operation })} />
      <Select
        aria-label="Outcome"
        placeholder="Any outcome"
        clearable
        w={150}
        data={auditOutcomes.map((outcome) => ({ value: outcome, label: auditOutcomeLooks[outcome].word }))}
        value={filter.outcome || null}
        onChange={(value) => set({ outcome: auditOutcomes.find((known) => known === value) ?? '' })}
      />
      <TimeFields filter={filter} onChange={set} />
      {filter.jobId && (
        <FilterChip name="job" value={shortId(filter.jobId)} onClear={() => set({ jobId: '' })} />
      )}
      {isNarrowed(filter) && <ClearFilters onClear={() => onChange(noFilter)} />}
    </search>
  )
}

/** Operations that leave entries, and a pattern for each capability. */
function OperationField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { data = [] } = useQuery(operationsQuery)
  const changing = data.filter(({ effect }) => effect !== 'read').map(({ id }) => id)
  const patterns = [...new Set(changing.map((id) => `${id.split('.', 1)[0]}.*`))]
  return (
    <Autocomplete
      aria-label="Operation"
      placeholder="Any operation"
      clearable
      w={180}
      limit={60}
      data={[...patterns, ...changing].sort()}
      value={value}
      onChange={onChange}
    />
  )
}

const custom = 'custom'

function TimeFields(props: { filter: AuditFilter; onChange: (change: Partial<AuditFilter>) => void }) {
  const { filter, onChange } = props
  const isCustom = filter.since !== '' || filter.until !== ''
  function choose(value: string | null) {
    if (value !== custom) onChange({ within: value ?? '', since: '', until: '' })
    else onChange({ within: '', since: new Date(Date.now() - 3_600_000).toISOString() })
  }
  return (
    <>
      <Select
        aria-label="Time"
        placeholder="Any time"
        clearable
        w={140}
        data={[
          ...Object.entries(spans).map(([value, { title }]) => ({ value, label: title })),
          { value: custom, label: 'From … to …' },
        ]}
        value={isCustom ? custom : filter.within || null}
        onChange={choose}
      />
      {isCustom && (
        <>
          <Moment label="From" value={filter.since} onChange={(since) => onChange({ since })} />
          <Moment label="To" value={filter.until} onChange={(until) => onChange({ until })} />
        </>
      )}
    </>
  )
}

/** An instant, typed in the time zone of the person. */
function Moment(props: { label: string; value: string; onChange: (instant: string) => void }) {
  const { label, value, onChange } = props
  return (
    <TextInput
      type="datetime-local"
      aria-label={label}
      w={190}
      value={value && toLocal(value)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? '' : new Date(currentTarget.value).toISOString())
      }
    />
  )
}

function toLocal(instant: string): string {
  const date = new Date(instant)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
