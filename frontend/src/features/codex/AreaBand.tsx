import { Button } from '@mantine/core'
import type { BacklogArea } from '@sre-toolbox/contract/codex/backlog'
import { useState } from 'react'
import { EditArea } from './EditArea.tsx'
import { PriorityMark, TaskStatusMark } from './TaskMarks.tsx'

/** The area that the backlog is narrowed to. */
export function AreaBand({ area, mayEdit }: { area: BacklogArea; mayEdit: boolean }) {
  const [editing, setEditing] = useState(false)
  const { title, summary, status, priority, blockers } = area
  return (
    <section className="card pad stack-small area-band" aria-label="Area">
      <div className="row wrap">
        <h2>{title}</h2>
        <code>{area.id}</code>
        {status && <TaskStatusMark status={status} />}
        {priority && <PriorityMark priority={priority} />}
        {mayEdit && (
          <Button size="compact-sm" variant="default" className="push" onClick={() => setEditing(true)}>
            Edit the area…
          </Button>
        )}
      </div>
      {summary && <p>{summary}</p>}
      {blockers.length > 0 && (
        <p className="small soft">
          Held up by {blockers.map((blocker) => ('task' in blocker ? blocker.task : blocker.text)).join('; ')}
        </p>
      )}
      {editing && <EditArea area={area} onClose={() => setEditing(false)} />}
    </section>
  )
}
