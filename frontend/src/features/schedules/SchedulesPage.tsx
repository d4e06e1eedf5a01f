import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import type { Schedule } from '@sre-toolbox/contract/schedules'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useSearchParams } from 'react-router'
import { ClearFilters } from '../../components/ClearFilters.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { SearchText } from '../../components/SearchText.tsx'
import { ShowMore } from '../../components/ShowMore.tsx'
import { SavedViews } from '../../components/saved-views/SavedViews.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { ToolkitSelect } from '../../components/ToolkitSelect.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { useRowKeys } from '../../lib/use-row-keys.ts'
import { ScheduleActions } from './ScheduleActions.tsx'
import { LastRun, NextRun, ScheduleState, WhyNot } from './ScheduleFacts.tsx'
import { scheduleListQuery } from './schedule-queries.ts'
import { timingWords } from './timing-words.ts'
import './schedules.css'

const states = [
  { title: 'All', paused: '' },
  { title: 'Not paused', paused: 'false' },
  { title: 'Paused', paused: 'true' },
] as const

export function SchedulesPage() {
  const { api } = useApp()
  const { username } = useUser()
  const [search, setSearch] = useSearchParams()
  const rows = useRowKeys<HTMLUListElement>()
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])
  const read = (name: string) => search.get(name)?.trim() ?? ''
  const paused = states.find((state) => state.paused === read('paused'))?.paused ?? ''
  const filter = {
    ...(paused && { paused }),
    ...(read('toolkit') && { toolkit: read('toolkit') }),
    ...(read('q') && { q: read('q') }),
  }
  const list = useInfiniteQuery(scheduleListQuery(api, filter))
  const schedules = list.data?.pages.flatMap(({ items }) => items) ?? []

  function narrow(name: string, value: string) {
    const next = new URLSearchParams(search)
    if (value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  return (
    <>
      <PageHeader
        title="Schedules"
        note="What runs by itself: by the clock, at an interval, or once"
        actions={
          <Button component={Link} to="/schedules/new">
            New schedule
          </Button>
        }
      />
      <SavedViews
        list="schedules"
        query={new URLSearchParams(filter).toString()}
        presets={[{ name: 'Mine', query: `q=${encodeURIComponent(username)}` }]}
      />
      <search className="filter-bar">
        <fieldset className="segments">
          <legend className="hidden-text">State</legend>
          {states.map((state) => (
            <button
              key={state.title}
              type="button"
              aria-pressed={state.paused === paused}
              onClick={() => narrow('paused', state.paused)}
            >
              {state.title}
            </button>
          ))}
        </fieldset>
        <SearchText
          label="Text in name, operation or whom it runs as"
          placeholder="Name, operation, person…"
          value={read('q')}
          onChange={(q) => narrow('q', q)}
          inputRef={searchRef}
        />
        <ToolkitSelect value={read('toolkit')} onChange={(slug) => narrow('toolkit', slug)} />
        {Object.keys(filter).length > 0 && (
          <ClearFilters onClear={() => setSearch(new URLSearchParams(), { replace: true })} />
        )}
      </search>
      {list.error && !list.data ? (
        <Failure error={list.error} what="The schedules can't be listed" retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading what="schedules" />
      ) : schedules.length === 0 ? (
        <div className="card">
          {Object.keys(filter).length > 0 ? (
            <Empty title="No schedule fits these filters">Take one away to see more.</Empty>
          ) : (
            <Empty title="Nothing is scheduled">
              <Link to="/schedules/new">Make a schedule</Link>, or choose <b>Schedule…</b> on an operation's
              form, where what was typed is taken along.
            </Empty>
          )}
        </div>
      ) : (
        <ul ref={rows} className="card schedules">
          {schedules.map((schedule) => (
            <ScheduleRow key={schedule.id} schedule={schedule} />
          ))}
        </ul>
      )}
      <ShowMore list={list} />
    </>
  )
}

function ScheduleRow({ schedule }: { schedule: Schedule }) {
  const { id, name, toolkit, operation, timing, runsAs } = schedule
  return (
    <li className="schedule">
      <div className="schedule-name">
        <h2>
          <Link to={`/schedules/${id}`}>{name}</Link>
        </h2>
        <p className="small soft cut">
          <span className="mono">
            {toolkit}.{operation}
          </span>{' '}
          as {runsAs.name}
        </p>
      </div>
      <div className="schedule-when">
        <ScheduleState schedule={schedule} />
        <p className="small soft">{timingWords(timing)}</p>
      </div>
      <dl className="schedule-runs">
        <div>
          <dt>Next run</dt>
          <dd>
            <NextRun schedule={schedule} />
          </dd>
        </div>
        <div>
          <dt>Last run</dt>
          <dd>
            <LastRun schedule={schedule} />
          </dd>
        </div>
      </dl>
      <div className="row schedule-actions">
        <ScheduleActions schedule={schedule} compact />
      </div>
      <WhyNot schedule={schedule} />
    </li>
  )
}
