import { useHotkeys } from '@mantine/hooks'
import { useRef } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { ApiError } from '../../lib/api.ts'
import { BacklogFilterBar } from './BacklogFilterBar.tsx'
import { BacklogTable } from './BacklogTable.tsx'
import { Board } from './Board.tsx'
import { isNarrowed, readFilter, writeFilter } from './backlog-filter.ts'
import { MalformedBacklog } from './MalformedBacklog.tsx'
import { NextUp } from './NextUp.tsx'
import { TaskDrawer } from './TaskDrawer.tsx'
import { useBacklog } from './use-backlog.ts'
import { ViewSwitch } from './ViewSwitch.tsx'
import { viewOf } from './views.ts'
import './backlog.css'

export function BacklogPage() {
  const { workspaceId = '' } = useParams()
  const [search, setSearch] = useSearchParams()
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])
  const filter = readFilter(search)
  const view = viewOf(search)
  const { backlog, next, tasks, shown, reasons } = useBacklog(workspaceId, filter)
  if (backlog.error) {
    const { error } = backlog
    if (error instanceof ApiError && Array.isArray(error.details.findings))
      return <MalformedBacklog error={error} onRetry={() => void backlog.refetch()} />
    if (!backlog.data)
      return <Failure error={error} what="The backlog can't be read" retry={() => void backlog.refetch()} />
  }
  if (!backlog.data) return <Loading what="the backlog" lines={12} />
  const open = (task: string | null) => {
    const next = new URLSearchParams(search)
    if (task === null) next.delete('task')
    else next.set('task', task)
    setSearch(next, { preventScrollReset: true })
  }
  const opened = search.get('task')
  return (
    <>
      {next.data && <NextUp next={next.data} onOpen={open} />}
      <div className="backlog-bar">
        <ViewSwitch view={view} />
        <BacklogFilterBar
          filter={filter}
          areas={backlog.data.areas}
          searchRef={searchRef}
          onChange={(changed) => setSearch(writeFilter(changed, search), { replace: true })}
        />
      </div>
      {shown.length === 0 ? (
        <div className="card">
          {isNarrowed(filter) ? (
            <Empty title="No task fits these filters">Take one away to see more.</Empty>
          ) : (
            <Empty title="The backlog is empty">
              Put the first task on it, here or with <code>toolbox codex add</code>.
            </Empty>
          )}
        </div>
      ) : view === 'table' ? (
        <BacklogTable tasks={shown} reasons={reasons} onOpen={open} />
      ) : (
        <Board tasks={shown} reasons={reasons} onOpen={open} />
      )}
      {opened && (
        <TaskDrawer
          key={opened}
          address={opened}
          task={tasks.find(({ task }) => task === opened)}
          waits={reasons.get(opened) ?? []}
          onClose={() => open(null)}
        />
      )}
    </>
  )
}
