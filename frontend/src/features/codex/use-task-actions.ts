import type { BacklogTask, TaskFields } from '@sre-toolbox/contract/codex/backlog'
import type { TaskStatus } from '@sre-toolbox/contract/codex/common'
import { useState } from 'react'
import { useUser } from '../../lib/app-context.ts'
import { may } from '../../lib/may.ts'
import type { Backlog } from './edit-fields.ts'
import { planDrop, stepTo } from './plan-drop.ts'
import type { Edits } from './use-edits.ts'

export type TaskDialog = 'area' | 'block' | 'unblock' | 'remove' | 'done'

/** What can be done with the tasks that are shown; null for those who may not edit. */
export function useTaskActions(backlog: Backlog | undefined, shown: readonly BacklogTask[], edits: Edits) {
  const user = useUser()
  const [dialog, setDialog] = useState<{ kind: TaskDialog; task: BacklogTask } | null>(null)
  const columnOf = (status: TaskStatus) => shown.filter((task) => task.status === status)
  const edit = (task: BacklogTask, set: TaskFields) => edits.edit.mutate({ task, set })

  /** Puts a card before another of a column, or at its end. */
  function drop(task: BacklogTask, status: TaskStatus, before: string | null) {
    const area = backlog?.areas.find(({ id }) => id === task.area)?.tasks ?? []
    const plan = planDrop(columnOf(status), task, before, area)
    if (status === 'blocked' && task.status !== status) return open('block', task)
    if (status === 'done' && task.status !== status) return open('done', task)
    const priority = plan.priority ? { priority: plan.priority } : {}
    const place = plan.before === null || plan.before === 'end' ? {} : { before: plan.before.id }
    if (status !== task.status) {
      return edits.edit.mutate(
        { task, set: { status, ...priority } },
        // The place comes second: it is only sought in the backlog that has the card in its new column.
        {
          onSuccess: ({ task: now, version }) =>
            plan.before !== null && edits.move.mutate({ task: now, place, version }),
        },
      )
    }
    if (plan.before === null) return plan.priority && edit(task, priority)
    edits.move.mutate({ task, place: { ...place, ...priority }, version: backlog?.version ?? '' })
  }
  const open = (kind: TaskDialog, task: BacklogTask) => setDialog({ kind, task })
  const stepOf = (task: BacklogTask, way: 'up' | 'down') => stepTo(columnOf(task.status), task, way)
  const step = {
    may: (task: BacklogTask, way: 'up' | 'down') => stepOf(task, way) !== undefined,
    take(task: BacklogTask, way: 'up' | 'down') {
      const before = stepOf(task, way)
      if (before !== undefined) drop(task, task.status, before)
    },
  }
  return {
    actions: may(user, 'toolkit.curator') ? { edit, drop, step, open } : null,
    dialog,
    close: () => setDialog(null),
  }
}

export type TaskActions = NonNullable<ReturnType<typeof useTaskActions>['actions']>
