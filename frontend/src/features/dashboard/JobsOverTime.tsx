import { type JobSummary, listJobs } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { StackedBars } from '../../components/plots/StackedBars.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import type { Api } from '../../lib/api.ts'
import { useApp } from '../../lib/app-context.ts'
import { count } from '../../lib/format.ts'
import { jobsByHour } from './jobs-by-hour.ts'

const hours = 24
const mostPages = 5

/** The jobs of the last day, as far back as a few pages reach. */
async function readDay(api: Api, signal: AbortSignal): Promise<{ jobs: JobSummary[]; whole: boolean }> {
  const since = new Date(Date.now() - hours * 3_600_000).toISOString()
  const jobs: JobSummary[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const read: { items: JobSummary[]; nextCursor: string | null } = await api.call(
      listJobs,
      { since, limit: 200, ...(cursor && { cursor }) },
      { signal },
    )
    jobs.push(...read.items)
    cursor = read.nextCursor
    if (cursor === null) break
  }
  return { jobs, whole: cursor === null }
}

const outcomes = [
  { key: 'succeeded', word: 'succeeded', tone: 'good', status: 'succeeded' },
  { key: 'failed', word: 'failed or lost', tone: 'bad', status: 'failed,lost' },
  { key: 'cancelled', word: 'cancelled', tone: 'mute', status: 'cancelled' },
  {
    key: 'active',
    word: 'not ended',
    tone: 'run',
    status: 'scheduled,waiting_approval,queued,running,cancelling',
  },
] as const
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

export function JobsOverTime() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery({
    queryKey: ['jobs', 'day'],
    queryFn: ({ signal }) => readDay(api, signal),
    // It is up to five requests: often enough for a plot by the hour.
    staleTime: 20_000,
  })
  if (error && !data)
    return <Failure error={error} what="The jobs can't be counted" retry={() => void refetch()} />
  if (!data) return <Loading what="jobs over time" />
  if (data.jobs.length === 0) return <Empty title="No job in the last 24 hours" />
  const byHour = jobsByHour(data.jobs, hours, Date.now())
  const total = (key: (typeof outcomes)[number]['key']) => byHour.reduce((sum, hour) => sum + hour[key], 0)
  const bars = byHour.map((hour) => ({
    title: `from ${clock.format(hour.from)}`,
    parts: outcomes.map(({ key, word, tone }) => ({ word, tone, value: hour[key] })),
  }))
  const said = outcomes.map(({ key, word }) => `${total(key)} ${word}`).join(', ')
  return (
    <>
      <StackedBars
        bars={bars}
        label={`Jobs by hour over the last 24 hours: ${said}`}
        axis={[`${clock.format(byHour[0]?.from)}`, `${clock.format(byHour[12]?.from)}`, 'now']}
      />
      <ul className="legend">
        {outcomes.map(({ key, word, tone, status }) => (
          <li key={key}>
            <Link to={`/jobs?status=${status}&within=24h`}>
              <span className={`swatch swatch-${tone}`} aria-hidden="true" />
              <b className="number">{count(total(key))}</b> {word}
            </Link>
          </li>
        ))}
        {!data.whole && <li className="soft small">of the latest {count(data.jobs.length)} jobs</li>}
      </ul>
    </>
  )
}
