import { Checkbox } from '@mantine/core'
import type { BacklogTask, getGraph } from '@sre-toolbox/contract/codex/backlog'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useMemo } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { Scrollable } from '../../components/Scrollable.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { graphQuery } from './codex-queries.ts'
import { graphStep } from './graph-step.ts'
import { layOutGraph } from './lay-out-graph.ts'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'
import './graph.css'

type GraphData = OutputOf<typeof getGraph>
interface Node {
  readonly task: string
  readonly title: string
  readonly status: BacklogTask['status']
  readonly priority: BacklogTask['priority']
}

const node = { width: 208, height: 54 }
const cell = { width: node.width + 56, height: node.height + 14 }

/** Which tasks wait for which, from left to right. */
export function Graph({ shown, onOpen }: { shown: readonly BacklogTask[]; onOpen: (task: string) => void }) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const { data, error, refetch } = useQuery(graphQuery(api, workspaceId))
  const all = search.get('alone') === 'yes'
  if (error && !data)
    return <Failure error={error} what="The dependencies can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what="the dependencies" lines={8} />
  const { nodes, dependencies } = narrow(data, shown, all)
  const waiting = dependencies.filter(({ met }) => !met).length
  function showAlone(wanted: boolean) {
    const next = new URLSearchParams(search)
    if (wanted) next.set('alone', 'yes')
    else next.delete('alone')
    setSearch(next, { replace: true })
  }
  return (
    <>
      <div className="row wrap graph-legend small">
        <span className="soft">
          {plural(nodes.length, 'task')}, {plural(dependencies.length, 'dependency', 'dependencies')}, of
          which {waiting} not met yet
        </span>
        <span className="row soft" aria-hidden="true">
          <svg width="28" height="8" aria-hidden="true">
            <path d="M0,4 H28" className="graph-edge" />
          </svg>
          waits
        </span>
        <span className="row soft" aria-hidden="true">
          <svg width="28" height="8" aria-hidden="true">
            <path d="M0,4 H28" className="graph-edge graph-edge-met" />
          </svg>
          met
        </span>
        <Checkbox
          label="Also tasks without dependencies"
          checked={all}
          onChange={({ currentTarget }) => showAlone(currentTarget.checked)}
        />
      </div>
      {nodes.length === 0 ? (
        <div className="card">
          <Empty title="No task here waits for another">
            A task that depends on others, or is blocked by one, shows up here with them.
          </Empty>
        </div>
      ) : (
        <Drawing nodes={nodes} dependencies={dependencies} onOpen={onOpen} />
      )}
      {data.dangling.length > 0 && (
        <p className="small">
          These lead nowhere, or to several tasks:{' '}
          {data.dangling.map(({ task, reference }) => `${reference} (in ${task})`).join(', ')}
        </p>
      )}
    </>
  )
}

/** What fits the filters, with what it waits for and what waits for it. */
function narrow({ tasks, dependencies }: GraphData, shown: readonly BacklogTask[], all: boolean) {
  const fitting = new Set(shown.map(({ task }) => task))
  const kept = dependencies.filter(({ task, needs }) => fitting.has(task) || fitting.has(needs))
  const linked = new Set(kept.flatMap(({ task, needs }) => [task, needs]))
  const alone = all ? shown.filter(({ task }) => !linked.has(task)) : []
  const nodes: readonly Node[] = [...tasks.filter(({ task }) => linked.has(task)), ...alone]
  return { nodes, dependencies: kept }
}

function Drawing(props: {
  nodes: readonly Node[]
  dependencies: GraphData['dependencies']
  onOpen: (task: string) => void
}) {
  const { nodes, dependencies, onOpen } = props
  const layout = useMemo(
    () =>
      layOutGraph(
        nodes.map(({ task }) => task),
        dependencies,
      ),
    [nodes, dependencies],
  )
  const at = (task: string) => {
    const { column, row } = layout.places.get(task) ?? { column: 0, row: 0 }
    return { x: column * cell.width, y: row * cell.height }
  }
  const needsOf = (task: string) =>
    dependencies.filter((each) => each.task === task).map(({ needs }) => needs)
  function follow(event: KeyboardEvent<HTMLElement>, from: string) {
    const to = graphStep(layout.places, dependencies, from, event.key)
    if (!event.key.startsWith('Arrow') || event.ctrlKey || event.metaKey || event.altKey) return
    // Where no line leads on, the field does not slide away under the focus either.
    event.preventDefault()
    const field = event.currentTarget.parentElement
    if (to !== undefined) field?.querySelector<HTMLElement>(`[data-node="${CSS.escape(to)}"]`)?.focus()
  }
  const size = { width: layout.columns * cell.width, height: layout.rows * cell.height }
  return (
    <Scrollable
      className="card graph"
      aria-label="Dependencies, from what is needed to what waits for it. On a task, arrow keys follow the lines."
    >
      <div className="graph-field" style={size}>
        <svg {...size} aria-hidden="true">
          {dependencies.map(({ task, needs, by, met }) => {
            const from = at(needs)
            const to = at(task)
            const start = { x: from.x + node.width, y: from.y + node.height / 2 }
            const end = { x: to.x, y: to.y + node.height / 2 }
            const bend = Math.max(24, (end.x - start.x) / 2)
            return (
              <path
                key={`${needs} ${task} ${by}`}
                className={met ? 'graph-edge graph-edge-met' : 'graph-edge'}
                d={`M${start.x},${start.y} C${start.x + bend},${start.y} ${end.x - bend},${end.y} ${end.x},${end.y}`}
              />
            )
          })}
        </svg>
        {[...nodes]
          .sort((a, b) => at(a.task).x - at(b.task).x || at(a.task).y - at(b.task).y)
          .map(({ task, title, status, priority }) => (
            <button
              key={task}
              type="button"
              className="graph-node"
              data-status={status}
              style={{ left: at(task).x, top: at(task).y, ...node }}
              data-node={task}
              title={[title, task, ...needsOf(task).map((each) => `needs ${each}`)].join('\n')}
              onClick={() => onOpen(task)}
              onKeyDown={(event) => follow(event, task)}
            >
              <TaskStatusMark status={status} alone />
              <span className="graph-node-title">{title}</span>
              <PriorityMark priority={priority} alone />
            </button>
          ))}
      </div>
    </Scrollable>
  )
}
