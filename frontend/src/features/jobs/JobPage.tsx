import { Button, Tabs } from '@mantine/core'
import type { Job } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { JsonView } from '../../components/JsonView.tsx'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ShortId } from '../../components/ShortId.tsx'
import { JobStatusMark } from '../../components/StatusMark.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp, useUser } from '../../lib/app-context.ts'
import { count } from '../../lib/format.ts'
import { isActive } from '../../lib/job-status.ts'
import { may } from '../../lib/may.ts'
import { jobQuery } from '../../lib/queries.ts'
import { CancelDialog } from './CancelDialog.tsx'
import { JobAttempts } from './JobAttempts.tsx'
import { JobAudit } from './JobAudit.tsx'
import { JobBroker } from './JobBroker.tsx'
import { JobOverview } from './JobOverview.tsx'
import { LogView } from './log/LogView.tsx'
import { useJobStream } from './use-job-stream.ts'
import './job-page.css'

// With it comes the whole of the forms, which a look at a job does not need.
const RetryDialog = lazy(async () => ({ default: (await import('./RetryDialog.tsx')).RetryDialog }))

const tabs = ['overview', 'logs', 'data', 'attempts', 'broker', 'audit'] as const

export function JobPage() {
  const { jobId = '' } = useParams()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(jobQuery(api, jobId))
  if (error && !data)
    return (
      <Failure
        wholePage
        error={error}
        what="This job can't be shown"
        retry={() => void refetch()}
        back={{ title: 'All jobs', to: '/jobs' }}
      />
    )
  if (!data) return <Loading what="the job" lines={10} />
  return <JobDetail key={data.job.id} job={data.job} />
}

function JobDetail({ job }: { job: Job }) {
  const log = useJobStream(job)
  const navigate = useNavigate()
  const { state } = useLocation() as { state: { list?: string } | null }
  const user = useUser()
  const [search] = useSearchParams()
  const [dialog, setDialog] = useState<'cancel' | 'retry' | null>(null)
  const active = isActive(job.status)
  const tab = tabs.find((known) => known === search.get('tab')) ?? 'overview'
  const close = () => setDialog(null)
  return (
    <div className={tab === 'logs' ? 'page-fill' : undefined}>
      <PageHeader
        title={`${job.operation} · ${job.toolkit}`}
        heading={
          <span className="row wrap">
            {job.operation} <JobStatusMark status={job.status} />
          </span>
        }
        crumbs={[
          { title: 'Jobs', to: `/jobs${state?.list ?? ''}` },
          { title: job.toolkit, to: `/jobs?toolkit=${job.toolkit}` },
        ]}
        note={<ShortId id={job.id} what="job" />}
        actions={
          <>
            {active && job.status !== 'cancelling' && (
              <Button color="red" variant="light" onClick={() => setDialog('cancel')}>
                Cancel…
              </Button>
            )}
            {job.status === 'cancelling' && (
              <Button color="red" variant="light" onClick={() => setDialog('cancel')}>
                Kill now…
              </Button>
            )}
            {!active && (
              <Button variant="default" onClick={() => setDialog('retry')}>
                Retry…
              </Button>
            )}
          </>
        }
      />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({ search: next === 'overview' ? '' : `?tab=${next}` }, { replace: true, state })
        }
        keepMounted={false}
        className="job-tabs"
      >
        <Tabs.List aria-label="About the job">
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="logs">
            Logs <span className="soft number">{job.logLines > 0 && count(job.logLines)}</span>
          </Tabs.Tab>
          <Tabs.Tab value="data">Input and result</Tabs.Tab>
          <Tabs.Tab value="attempts">Attempts</Tabs.Tab>
          <Tabs.Tab value="broker">Broker</Tabs.Tab>
          {may(user, 'system.admin') && <Tabs.Tab value="audit">Audit</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="overview">
          <JobOverview job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="logs" className="job-log-panel">
          <LogView job={job} log={log} />
        </Tabs.Panel>
        <Tabs.Panel value="data">
          <div className="job-data">
            <div className="stack">
              <h2>Input</h2>
              <JsonView value={job.input} label="Input" />
            </div>
            <div className="stack">
              <h2>Result</h2>
              {job.status === 'succeeded' ? (
                <JsonView value={job.result} label="Result" />
              ) : (
                <p className="soft">
                  {active ? 'It shows up here when the job succeeds.' : 'The job ended without one.'}
                </p>
              )}
            </div>
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="attempts">
          <JobAttempts job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="broker">
          <JobBroker job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <NeedsAccess access="system.admin">
            <JobAudit job={job} />
          </NeedsAccess>
        </Tabs.Panel>
      </Tabs>
      {dialog === 'cancel' && <CancelDialog job={job} onClose={close} />}
      <Suspense>{dialog === 'retry' && <RetryDialog job={job} onClose={close} />}</Suspense>
    </div>
  )
}
