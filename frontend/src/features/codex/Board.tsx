import { Button } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { type TaskStatus, taskStatuses } from '@sre-toolbox/contract/codex/common'
import { useState } from 'react'
import { Scrollable } from '../../components/Scrollable.tsx'
import { count } from '../../lib/format.ts'
import { Card } from './Card.tsx'
import { TaskStatusMark } from './TaskMarks.tsx'
import { statusLooks } from './task-looks.ts'

interface BoardProps {
  readonly tasks: readonly BacklogTask[]
  readonly reasons: ReadonlyMap<string, readonly string[]>
  readonly onOpen: (task: string) => void
}

/** A column for each status, its cards in the order of priority. */
export function Board(props: BoardProps) {
  return (
    <Scrollable className="board" aria-label="Board">
      {taskStatuses.map((status) => (
        <Column
          key={status}
          {...props}
          status={status}
          tasks={props.tasks.filter((task) => task.status === status)}
        />
      ))}
    </Scrollable>
  )
}

/** More cards than anybody reads make a page slow. */
const atFirst = 40

function Column({ status, tasks, reasons, onOpen }: BoardProps & { status: TaskStatus }) {
  const [all, setAll] = useState(false)
  const shown = all ? tasks : tasks.slice(0, atFirst)
  const held = tasks.filter(({ claim }) => claim?.live).length
  return (
    <section className="column" aria-label={statusLooks[status].word}>
      <h2 className="row">
        <TaskStatusMark status={status} />
        <span className="number soft">{count(tasks.length)}</span>
        {held > 0 && <span className="small soft push">{held} held</span>}
      </h2>
      <ol className="column-cards">
        {shown.map((task) => (
          <Card key={task.task} task={task} waits={reasons.get(task.task)} onOpen={onOpen} />
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
