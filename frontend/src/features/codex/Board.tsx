import { Button } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { type TaskStatus, taskStatuses } from '@sre-toolbox/contract/codex/common'
import { useState } from 'react'
import { Scrollable } from '../../components/Scrollable.tsx'
import { count } from '../../lib/format.ts'
import { Card } from './Card.tsx'
import { TaskStatusMark } from './TaskMarks.tsx'
import { statusLooks } from './task-looks.ts'
import { type Drag, useCardDrag } from './use-card-drag.ts'
import type { TaskActions } from './use-task-actions.ts'

interface BoardProps {
  readonly tasks: readonly BacklogTask[]
  readonly reasons: ReadonlyMap<string, readonly string[]>
  readonly actions: TaskActions | null
  readonly onOpen: (task: string) => void
}

/** A column for each status, its cards in the order of priority; they are dragged, or moved from their menu. */
export function Board(props: BoardProps) {
  const { drag, begin } = useCardDrag((...drop) => props.actions?.drop(...drop))
  return (
    <Scrollable className="board" aria-label="Board" data-dragging={drag !== null}>
      {taskStatuses.map((status) => (
        <Column
          key={status}
          {...props}
          status={status}
          tasks={props.tasks.filter((task) => task.status === status)}
          drag={drag}
          begin={begin}
        />
      ))}
      {drag && (
        <div
          className="task-ghost"
          style={{ transform: `translate(${drag.x + 10}px, ${drag.y + 6}px)` }}
          aria-hidden="true"
        >
          {drag.task.title}
        </div>
      )}
    </Scrollable>
  )
}

/** More cards than anybody reads make a page slow. */
const atFirst = 40

interface ColumnProps extends BoardProps {
  readonly status: TaskStatus
  readonly drag: Drag | null
  readonly begin: ReturnType<typeof useCardDrag>['begin']
}

function Column({ status, tasks, reasons, actions, onOpen, drag, begin }: ColumnProps) {
  const [all, setAll] = useState(false)
  const shown = all ? tasks : tasks.slice(0, atFirst)
  const held = tasks.filter(({ claim }) => claim?.live).length
  const over = drag?.over?.status === status ? drag.over : null
  return (
    <section
      className="column"
      aria-label={statusLooks[status].word}
      data-column={status}
      data-over={over !== null}
    >
      <h2 className="row">
        <TaskStatusMark status={status} />
        <span className="number soft">{count(tasks.length)}</span>
        {held > 0 && <span className="small soft push">{held} held</span>}
      </h2>
      <ol className="column-cards" data-drop-end={over !== null && over.before === null}>
        {shown.map((task) => (
          <Card
            key={task.task}
            task={task}
            waits={reasons.get(task.task)}
            actions={actions}
            dragged={drag?.task.task === task.task}
            dropBefore={over?.before === task.task}
            onPress={actions ? (event) => begin(event, task) : undefined}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {shown.length < tasks.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          Show all {count(tasks.length)}
        </Button>
      )}
      {tasks.length === 0 && <p className="small soft column-empty">None</p>}
    </section>
  )
}
