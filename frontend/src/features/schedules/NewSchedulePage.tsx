import { createSchedule } from '@sre-toolbox/contract/schedules'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useApp } from '../../lib/app-context.ts'
import { type ScheduleDraft, ScheduleForm } from './ScheduleForm.tsx'
import { toDefinition } from './schedule-definition.ts'
import { newDraft } from './timing-draft.ts'
import './schedules.css'

/** Toolkit and operation come by the address, and what was typed into the operation's form along with it. */
export function NewSchedulePage() {
  const { api, queries } = useApp()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { state } = useLocation() as { state: { input?: Record<string, unknown> } | null }
  const [draft, setDraft] = useState<ScheduleDraft>(() => ({
    name: '',
    toolkit: search.get('toolkit'),
    operation: search.get('operation'),
    input: state?.input ?? {},
    timing: newDraft(Date.now()),
    overlap: 'skip',
    missed: null,
    priority: 0,
  }))
  const create = useMutation({
    mutationFn: (complete: ScheduleDraft) => api.call(createSchedule, toDefinition(complete)),
    onSuccess({ schedule }) {
      void queries.invalidateQueries({ queryKey: ['schedules'] })
      void navigate(`/schedules/${schedule.id}`)
    },
  })
  return (
    <>
      <PageHeader
        title="New schedule"
        crumbs={[{ title: 'Schedules', to: '/schedules' }]}
        note="It runs as you, with what you may do at the time"
      />
      <ScheduleForm
        draft={draft}
        onChange={setDraft}
        onSubmit={(complete) => create.mutate(complete)}
        submit="Create the schedule"
        busy={create.isPending}
        error={create.error}
      />
    </>
  )
}
