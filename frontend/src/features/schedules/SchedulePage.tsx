import { Button } from '@mantine/core'
import { type ScheduleDetail, updateSchedule } from '@sre-toolbox/contract/schedules'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { JobRows } from '../../components/JobRows.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ShortId } from '../../components/ShortId.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { latestJobsQuery } from '../../lib/queries.ts'
import { NextRuns } from './NextRuns.tsx'
import { ScheduleActions } from './ScheduleActions.tsx'
import { ScheduleState, WhyNot } from './ScheduleFacts.tsx'
import { type ScheduleDraft, ScheduleForm } from './ScheduleForm.tsx'
import { draftOf, toDefinition } from './schedule-definition.ts'
import { scheduleQuery } from './schedule-queries.ts'
import { ownTimeZone } from './timing-draft.ts'
import { timingWords } from './timing-words.ts'
import './schedules.css'

export function SchedulePage() {
  const { scheduleId = '' } = useParams()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(scheduleQuery(api, scheduleId))
  if (error && !data)
    return (
      <Failure
        wholePage
        error={error}
        what="This schedule can't be shown"
        retry={() => void refetch()}
        back={{ title: 'All schedules', to: '/schedules' }}
      />
    )
  if (!data) return <Loading what="the schedule" lines={12} />
  return <OneSchedule key={scheduleId} schedule={data.schedule} />
}

function OneSchedule({ schedule }: { schedule: ScheduleDetail }) {
  const navigate = useNavigate()
  const { id, name } = schedule
  return (
    <>
      <PageHeader
        title={name}
        heading={
          <span className="row wrap">
            {name} <ScheduleState schedule={schedule} />
          </span>
        }
        crumbs={[{ title: 'Schedules', to: '/schedules' }]}
        note={
          <>
            {timingWords(schedule.timing)}, as {schedule.runsAs.name}
            {schedule.runsAs.token && ` with the token ${schedule.runsAs.token}`} ·{' '}
            <ShortId id={id} what="schedule" />
            <WhyNot schedule={schedule} />
          </>
        }
        actions={
          <>
            <Button component={Link} to={`/jobs?scheduleId=${id}`} variant="default">
              Its jobs
            </Button>
            <ScheduleActions schedule={schedule} onRemoved={() => void navigate('/schedules')} />
          </>
        }
      />
      <div className="schedule-page">
        <EditSchedule schedule={schedule} />
        <div className="stack">
          <Upcoming schedule={schedule} />
          <LatestRuns schedule={schedule} />
        </div>
      </div>
    </>
  )
}

function EditSchedule({ schedule }: { schedule: ScheduleDetail }) {
  const { api, queries } = useApp()
  const [draft, setDraft] = useState<ScheduleDraft>(() => draftOf(schedule))
  /** What the draft was begun from: a change of somebody else's is not overwritten. */
  const [version, setVersion] = useState(schedule.version)
  const [touched, setTouched] = useState(false)
  const update = useMutation({
    mutationFn: (complete: ScheduleDraft) =>
      api.call(updateSchedule, {
        scheduleId: schedule.id,
        ifMatch: String(version),
        ...toDefinition(complete),
      }),
    onSuccess({ schedule: saved }) {
      begin(saved)
      return queries.invalidateQueries({ queryKey: ['schedules'] })
    },
  })
  function begin(from: ScheduleDetail) {
    setDraft(draftOf(from))
    setVersion(from.version)
    setTouched(false)
  }
  // Pausing, for one, makes a new version; nothing that was typed is in its way.
  if (!touched && schedule.version > version && !update.isPending) begin(schedule)
  return (
    <div className="stack">
      {touched && schedule.version > version && !update.isPending && (
        <div role="alert" className="card pad row wrap">
          <p>It was changed meanwhile, and saving is refused.</p>
          <Button size="compact-sm" variant="default" className="push" onClick={() => begin(schedule)}>
            Start again from what it is now
          </Button>
        </div>
      )}
      <ScheduleForm
        draft={draft}
        saved={schedule.timing}
        onChange={(next) => {
          setTouched(true)
          setDraft(next)
        }}
        onSubmit={(complete) => update.mutate(complete)}
        submit="Save the changes"
        busy={update.isPending}
        error={update.error}
      />
    </div>
  )
}

function Upcoming({ schedule }: { schedule: ScheduleDetail }) {
  const { nextRuns, timing } = schedule
  return (
    <section className="card pad stack" aria-label="Upcoming">
      <h2>Upcoming</h2>
      {nextRuns.length > 0 ? (
        <NextRuns times={nextRuns} timeZone={timing.kind === 'cron' ? timing.timeZone : ownTimeZone()} />
      ) : (
        <p className="soft">{schedule.paused ? 'Nothing while it is paused.' : 'It is never due again.'}</p>
      )}
    </section>
  )
}

function LatestRuns({ schedule: { id, lastMissed } }: { schedule: ScheduleDetail }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(latestJobsQuery(api, { scheduleId: id, limit: 8 }))
  return (
    <section className="card" aria-label="Latest runs">
      <header className="list-header">
        <h2>Latest runs</h2>
      </header>
      {lastMissed && (
        <p className="small soft schedule-missed">
          Left out <TickingTime at={lastMissed.dueAt} />: {lastMissed.reason}
        </p>
      )}
      {error && !data ? (
        <Failure error={error} what="Its jobs can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="its jobs" lines={3} />
      ) : (
        <JobRows jobs={data.items} />
      )}
    </section>
  )
}
