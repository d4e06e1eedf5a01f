import { type EditedFields, type Field, writeBlockers } from './edit-fields.ts'
import { priorityLooks, statusLooks } from './task-looks.ts'

export const fieldTitles: Readonly<Record<Field, string>> = {
  title: 'Title',
  status: 'Status',
  priority: 'Priority',
  notes: 'Notes',
  summary: 'Summary',
  blockers: 'Blockers',
  dependsOn: 'Depends on',
}

/** The value of a field in words. */
export function FieldValue<Name extends Field>({ field, value }: { field: Name; value: EditedFields[Name] }) {
  const words = inWords({ [field]: value })
  return words ? <span className="field-value">{words}</span> : <span className="soft">none</span>
}

function inWords({ title, status, priority, notes, summary, blockers, dependsOn }: EditedFields): string {
  return (
    title ??
    notes ??
    summary ??
    (status && statusLooks[status].word) ??
    (priority && priorityLooks[priority].word) ??
    (blockers && writeBlockers(blockers)) ??
    dependsOn?.join(', ') ??
    ''
  )
}
