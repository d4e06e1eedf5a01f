import { Button, Select } from '@mantine/core'
import type { RunSummary } from '@sre-toolbox/contract/codex-runs'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { FilterChip } from '../../../components/FilterChip.tsx'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { ShortId } from '../../../components/ShortId.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../../components/states.tsx'
import { TickingTime } from '../../../components/Time.tsx'
import { useApp } from '../../../lib/app-context.ts'
import { useRowKeys } from '../../../lib/use-row-keys.ts'
import { runsQuery, tasksQuery } from '../library-queries.ts'
import { outcomeLooks } from './run-looks.ts'
import '../library.css'
import './runs.css'

export function RunsPage() {
  const rows = useRowKeys<HTMLUListElement>()
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const task = search.get('task') ?? ''
  const workspaceId = search.get('workspaceId') ?? ''
  const { data: tasks } = useQuery(tasksQuery(api))
  const list = useInfiniteQuery(
    runsQuery(api, { ...(task && { task }), ...(workspaceId && { workspaceId }) }),
  )
  const runs = list.data?.pages.flatMap(({ items }) => items) ?? []
  function narrow(name: string, value: string) {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  return (
    <>
      <PageHeader
        title="Task runs"
        note="Each with its steps, what they found, and who approved what"
        crumbs={[
          { title: 'Codex', to: '/codex' },
          { title: 'Task library', to: '/codex/tasks' },
        ]}
      />
      <search className="filter-bar">
        <Select
          aria-label="Task"
          placeholder="Any task"
          clearable
          searchable
          w={300}
          data={tasks?.items.map(({ slug, title }) => ({ value: slug, label: title })) ?? []}
          value={task || null}
          onChange={(slug) => narrow('task', slug ?? '')}
        />
        {workspaceId && (
          <FilterChip
            name="workspace"
            value={workspaceId.slice(-8)}
            onClear={() => narrow('workspaceId', '')}
          />
        )}
      </search>
      {list.error && !list.data ? (
        <Failure error={list.error} what="The runs can't be listed" retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading what="runs" />
      ) : runs.length === 0 ? (
        <div className="card">
          {task || workspaceId ? (
            <Empty title="No run fits">Take the filter away to see more.</Empty>
          ) : (
            <Empty title="No task has run yet">
              Choose one in the <Link to="/codex/tasks">task library</Link>, tell it what it needs, and run
              it.
            </Empty>
          )}
        </div>
      ) : (
        <ul ref={rows} className="card list-rows runs">
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  )
}

function RunRow({ run }: { run: RunSummary }) {
  return (
    <li className="run-row">
      <Mark {...outcomeLooks[run.outcome]} />
      <div>
        <Link to={`/codex/runs/${run.id}`} className="strong-link">
          {run.title}
        </Link>
        {run.waitingFor && <p className="small">{run.waitingFor.question}</p>}
      </div>
      <p className="small soft">
        by {run.requestedBy}, <TickingTime at={run.createdAt} />
      </p>
      <ShortId id={run.id} what="run" />
    </li>
  )
}
