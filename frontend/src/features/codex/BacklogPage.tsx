import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { ApiError } from '../../lib/api.ts'
import { AddToBacklog } from './AddToBacklog.tsx'
import { AreaBand } from './AreaBand.tsx'
import { BacklogFilterBar } from './BacklogFilterBar.tsx'
import { BacklogTable } from './BacklogTable.tsx'
import { Board } from './Board.tsx'
import { BurnUp } from './BurnUp.tsx'
import { isNarrowed, readFilter, writeFilter } from './backlog-filter.ts'
import { ConflictDialog } from './ConflictDialog.tsx'
import { Graph } from './Graph.tsx'
import { MalformedBacklog } from './MalformedBacklog.tsx'
import { NextUp } from './NextUp.tsx'
import { TaskDialogs } from './TaskDialogs.tsx'
import { TaskDrawer } from './TaskDrawer.tsx'
import { useBacklog } from './use-backlog.ts'
import { useEdits } from './use-edits.ts'
import { useTaskActions } from './use-task-actions.ts'
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
  const edits = useEdits(workspaceId)
  const { actions, dialog, close } = useTaskActions(backlog.data, shown, edits)
  const [adding, setAdding] = useState<'task' | 'area' | null>(null)
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
  const area = backlog.data.areas.find(({ id }) => id === filter.area)
  return (
    <>
      {next.data && <NextUp next={next.data} onOpen={open} />}
      <div className="backlog-bar">
        <ViewSwitch view={view} />
        {actions && (
          <div className="row push">
            <Button
              leftSection={<Plus size={13} />}
              disabled={backlog.data.areas.length === 0}
              onClick={() => setAdding('task')}
            >
              Add a task…
            </Button>
            <Button variant="default" onClick={() => setAdding('area')}>
              Add an area…
            </Button>
          </div>
        )}
      </div>
      {view !== 'progress' && (
        <BacklogFilterBar
          filter={filter}
          areas={backlog.data.areas}
          searchRef={searchRef}
          onChange={(changed) => setSearch(writeFilter(changed, search), { replace: true })}
        />
      )}
      {view !== 'progress' && area && <AreaBand key={area.id} area={area} mayEdit={actions !== null} />}
      {view === 'progress' ? (
        <BurnUp />
      ) : shown.length === 0 ? (
        <div className="card">
          {isNarrowed(filter) ? (
            <Empty title="No task fits these filters">Take one away to see more.</Empty>
          ) : (
            <Empty title="The backlog is empty">
              Put the first task on it, here or with <code>toolbox codex add</code>.
            </Empty>
          )}
        </div>
      ) : view === 'graph' ? (
        <Graph shown={shown} onOpen={open} />
      ) : view === 'table' ? (
        <BacklogTable tasks={shown} reasons={reasons} actions={actions} onOpen={open} />
      ) : (
        <Board tasks={shown} reasons={reasons} actions={actions} onOpen={open} />
      )}
      {opened && (
        <TaskDrawer
          key={opened}
          address={opened}
          task={tasks.find(({ task }) => task === opened)}
          waits={reasons.get(opened) ?? []}
          addresses={tasks.map(({ task }) => task)}
          edits={edits}
          actions={actions}
          onClose={() => open(null)}
        />
      )}
      {dialog && (
        <TaskDialogs
          {...dialog}
          backlog={backlog.data}
          edits={edits}
          waits={reasons.get(dialog.task.task) ?? []}
          onClose={close}
        />
      )}
      {adding && (
        <AddToBacklog
          what={adding}
          backlog={backlog.data}
          area={filter.area}
          onClose={() => setAdding(null)}
        />
      )}
      {edits.conflict && <ConflictDialog conflict={edits.conflict} tasks={tasks} edits={edits} />}
    </>
  )
}
