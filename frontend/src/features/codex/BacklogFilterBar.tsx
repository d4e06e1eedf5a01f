import { Checkbox, MultiSelect, Select } from '@mantine/core'
import type { BacklogArea } from '@sre-toolbox/contract/codex/backlog'
import { taskPriorities, taskStatuses } from '@sre-toolbox/contract/codex/common'
import type { RefObject } from 'react'
import { SearchText } from '../../components/SearchText.tsx'
import type { BacklogFilter } from './backlog-filter.ts'
import { priorityLooks, statusLooks } from './task-looks.ts'

export function BacklogFilterBar(props: {
  filter: BacklogFilter
  areas: readonly BacklogArea[]
  searchRef: RefObject<HTMLInputElement | null>
  onChange: (filter: BacklogFilter) => void
}) {
  const { filter, areas, searchRef, onChange } = props
  return (
    <search className="filter-bar">
      <SearchText
        label="Text in address, title or notes"
        placeholder="Title, notes, address…"
        value={filter.q}
        onChange={(q) => onChange({ ...filter, q })}
        inputRef={searchRef}
      />
      <Select
        aria-label="Area"
        placeholder="Any area"
        clearable
        searchable
        w={170}
        data={areas.map(({ id, title }) => ({ value: id, label: title }))}
        value={filter.area || null}
        onChange={(area) => onChange({ ...filter, area: area ?? '' })}
      />
      <MultiSelect
        aria-label="Status"
        placeholder={filter.status.length === 0 ? 'Any status' : ''}
        clearable
        w={filter.status.length === 0 ? 130 : 210}
        data={taskStatuses.map((status) => ({ value: status, label: statusLooks[status].word }))}
        value={[...filter.status]}
        onChange={(chosen) =>
          onChange({ ...filter, status: taskStatuses.filter((status) => chosen.includes(status)) })
        }
      />
      <MultiSelect
        aria-label="Priority"
        placeholder={filter.priority.length === 0 ? 'Any priority' : ''}
        clearable
        w={filter.priority.length === 0 ? 130 : 210}
        data={taskPriorities.map((priority) => ({
          value: priority,
          label: priorityLooks[priority].word,
        }))}
        value={[...filter.priority]}
        onChange={(chosen) =>
          onChange({
            ...filter,
            priority: taskPriorities.filter((priority) => chosen.includes(priority)),
          })
        }
      />
      <Select
        aria-label="Whether something holds it up"
        placeholder="Held up?"
        clearable
        w={120}
        data={[
          { value: 'yes', label: 'Held up' },
          { value: 'no', label: 'Not held up' },
        ]}
        value={filter.held || null}
        onChange={(held) => onChange({ ...filter, held: held === 'yes' || held === 'no' ? held : '' })}
      />
      <Checkbox
        label="Mine"
        checked={filter.mine}
        onChange={({ currentTarget }) => onChange({ ...filter, mine: currentTarget.checked })}
      />
    </search>
  )
}
