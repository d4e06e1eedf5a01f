import type { CallInputOf } from '@sre-toolbox/contract/operation'
import type { createSchedule, ScheduleDetail } from '@sre-toolbox/contract/schedules'
import type { ScheduleDraft } from './ScheduleForm.tsx'
import { toDraft, toTiming } from './timing-draft.ts'

/** What the API takes; the form sends nothing that is not complete. */
export function toDefinition(draft: ScheduleDraft): CallInputOf<typeof createSchedule> {
  const { name, toolkit, operation, input, overlap, missed, priority } = draft
  const timing = toTiming(draft.timing)
  if (toolkit === null || operation === null || timing === null) throw new Error('The form is not complete.')
  return { name, toolkit, operation, input, timing, overlap, priority, ...(missed && { missed }) }
}

export function draftOf(schedule: ScheduleDetail): ScheduleDraft {
  const { name, toolkit, operation, timing, overlap, missed, priority } = schedule
  const input = { ...(schedule.input as Record<string, unknown> | null) }
  return { name, toolkit, operation, input, timing: toDraft(timing, Date.now()), overlap, missed, priority }
}
