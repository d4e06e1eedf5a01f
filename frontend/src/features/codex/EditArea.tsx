import { Button, Modal } from '@mantine/core'
import { type AreaFields, type BacklogArea, editArea } from '@sre-toolbox/contract/codex/backlog'
import { taskStatuses } from '@sre-toolbox/contract/codex/common'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useParams } from 'react-router'
import { ApiError } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { ChooseFields } from './ChooseFields.tsx'
import { BlockersInput, HeadlineInputs, LongText } from './EditInputs.tsx'
import { areaFieldsOf, changesOf, namesOf, only, readBlockers, writeBlockers } from './edit-fields.ts'
import { useFocusBack } from './use-focus-back.ts'

interface Sent {
  readonly set: AreaFields
  readonly seen: AreaFields
}

/** All fields of an area. When others were faster, each field is chosen, as for a task. */
export function EditArea(props: { area: BacklogArea; onClose: () => void }) {
  const { onClose } = props
  useFocusBack()
  // The area may change behind the form: the edit stays one of what was seen.
  const [area] = useState(props.area)
  const { workspaceId = '' } = useParams()
  const { api, queries } = useApp()
  const [conflict, setConflict] = useState<(Sent & { now: AreaFields }) | null>(null)
  const edit = useMutation({
    mutationFn: ({ set, seen }: Sent) =>
      api.call(editArea, { workspaceId, area: area.id, set, was: only(seen, namesOf(set)) }),
    onSuccess: onClose,
    onError: (error, sent) => {
      const { reason, current } = error instanceof ApiError ? error.details : {}
      if (reason === 'changed_meanwhile' && current)
        setConflict({ ...sent, now: areaFieldsOf(current as BacklogArea) })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['codex'] }),
  })
  return (
    <Modal
      opened
      centered
      size={conflict ? 'xl' : 'lg'}
      onClose={onClose}
      title={conflict ? `${area.title} was changed meanwhile` : `Edit ${area.title}`}
    >
      {conflict ? (
        <ChooseFields
          key={JSON.stringify(conflict.now)}
          {...conflict}
          busy={edit.isPending}
          onForget={onClose}
          onWrite={(set) => edit.mutate({ set, seen: conflict.now })}
        />
      ) : (
        <Form
          area={area}
          busy={edit.isPending}
          error={edit.error}
          onCancel={onClose}
          onSave={(set) => edit.mutate({ set, seen: areaFieldsOf(area) })}
        />
      )}
    </Modal>
  )
}

function Form(props: {
  area: BacklogArea
  busy: boolean
  error: Error | null
  onCancel: () => void
  onSave: (set: AreaFields) => void
}) {
  const { area, busy, error, onCancel, onSave } = props
  const seen = areaFieldsOf(area)
  const [draft, setDraft] = useState<AreaFields>(seen)
  const [blockers, setBlockers] = useState(() => writeBlockers(area.blockers))
  const typed = blockers === writeBlockers(area.blockers) ? area.blockers : readBlockers(blockers)
  const set = changesOf<AreaFields>(seen, {
    ...draft,
    title: draft.title?.trim(),
    summary: draft.summary?.trim() || null,
    blockers: typed,
  })
  function save(event: FormEvent) {
    event.preventDefault()
    onSave(set)
  }
  return (
    <form onSubmit={save} className="stack" aria-label="Edit the area">
      <HeadlineInputs
        draft={draft}
        statuses={taskStatuses}
        noStatus="none"
        noPriority="none"
        onChange={(changed) => setDraft({ ...draft, ...changed })}
      />
      <LongText
        label="Summary"
        value={draft.summary ?? ''}
        onChange={(summary) => setDraft({ ...draft, summary })}
      />
      <BlockersInput value={blockers} onChange={setBlockers} />
      {error && (
        <p role="alert" className="form-error">
          {error.message}
        </p>
      )}
      <div className="row">
        <Button variant="default" className="push" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={namesOf(set).length === 0 || !draft.title?.trim()}>
          Save
        </Button>
      </div>
    </form>
  )
}
