import { Tabs } from '@mantine/core'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { PageHeader } from '../../../components/PageHeader.tsx'
import { ShortId } from '../../../components/ShortId.tsx'
import { Mark } from '../../../components/StatusMark.tsx'
import { Failure, Loading } from '../../../components/states.tsx'
import { Approval } from './Approval.tsx'
import { Evidence } from './Evidence.tsx'
import { Report } from './Report.tsx'
import { RunFacts } from './RunFacts.tsx'
import { outcomeLooks } from './run-looks.ts'
import { Timeline } from './Timeline.tsx'
import { useLiveRun } from './use-live-run.ts'
import '../library.css'
import './runs.css'

export function RunPage() {
  const { runId = '' } = useParams()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const { data, error, refetch } = useLiveRun(runId)
  if (error && !data)
    return <Failure wholePage error={error} what="This run can't be shown" retry={() => void refetch()} />
  if (!data) return <Loading what="the run" lines={10} />
  const { run, report, markdown } = data
  const tab = search.get('tab') ?? 'steps'
  return (
    <>
      <PageHeader
        title={report.title}
        heading={
          <span className="row wrap">
            {report.title} <Mark {...outcomeLooks[report.outcome]} />
          </span>
        }
        crumbs={[
          { title: 'Task library', to: '/codex/tasks' },
          { title: report.task, to: `/codex/tasks/${report.task}` },
          { title: 'Runs', to: `/codex/runs?task=${report.task}` },
        ]}
        note={<ShortId id={run.id} what="run" />}
      />
      {run.waitingFor && <Approval runId={run.id} waitingFor={run.waitingFor} />}
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({ search: next === 'steps' ? '' : `?tab=${next}` }, { replace: true })
        }
        keepMounted={false}
        className="run-tabs"
      >
        <Tabs.List aria-label="About the run">
          <Tabs.Tab value="steps">Steps and evidence</Tabs.Tab>
          <Tabs.Tab value="report">Report</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps">
          <div className="run-page">
            <div className="stack">
              <Timeline steps={report.steps} ended={report.endedAt !== null} />
              <Evidence evidence={report.evidence} />
            </div>
            <RunFacts run={run} report={report} />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="report">
          <Report id={run.id} task={report.task} markdown={markdown} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
