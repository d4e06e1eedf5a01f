import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { Attention } from './Attention.tsx'
import { Cards } from './Cards.tsx'
import { EndedPlot } from './EndedPlot.tsx'
import { JobLines } from './JobLines.tsx'
import { Numbers } from './Numbers.tsx'
import { Operations } from './Operations.tsx'
import { QueuePlots } from './QueuePlots.tsx'
import { RangeSwitch, useRange } from './RangeSwitch.tsx'
import { RunTimePlot } from './RunTimePlot.tsx'
import { type Overview, useDashboard } from './use-dashboard.ts'
import { Welcome } from './Welcome.tsx'
import './dashboard.css'

export function DashboardPage() {
  const [range, setRange] = useRange()
  const { data, error, refetch } = useDashboard(range)
  return (
    <>
      <PageHeader title="Dashboard" actions={<RangeSwitch range={range} onChange={setRange} />} />
      {data ? (
        <Whole overview={data} />
      ) : error ? (
        <Failure error={error} what="The dashboard can't be read" retry={() => void refetch()} />
      ) : (
        <Skeletons />
      )}
    </>
  )
}

function Whole({ overview }: { overview: Overview }) {
  const { attention, jobs, failedLately, runningNow, cards } = overview
  const isFresh = Object.values(jobs.counts).every((jobsOfStatus) => jobsOfStatus === 0)
  return (
    <div className="dashboard">
      <div className="dashboard-pair dashboard-top">
        <Attention items={attention} />
        <Numbers overview={overview} />
      </div>
      {isFresh ? (
        <Welcome />
      ) : (
        <>
          <div className="dashboard-pair">
            <Plot title="Jobs by outcome">
              <EndedPlot overview={overview} />
            </Plot>
            <Plot title="Run time">
              <RunTimePlot overview={overview} />
            </Plot>
          </div>
          <div className="dashboard-pair">
            <Plot title="Queue">
              <QueuePlots overview={overview} />
            </Plot>
            <Operations overview={overview} />
          </div>
          <div className="dashboard-pair">
            <JobLines
              title="Failed lately"
              jobs={failedLately}
              to="/jobs?status=failed,lost"
              none="No job has failed."
            />
            <JobLines
              title="Running now"
              jobs={runningNow}
              to="/jobs?status=running,cancelling"
              none={
                <>
                  Nothing runs. <Link to="/toolkits">Run an operation</Link> to see it here.
                </>
              }
            />
          </div>
        </>
      )}
      <Cards cards={cards} />
    </div>
  )
}

function Plot({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card pad dashboard-plot" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** As high as what will be there, so that nothing moves when it comes. */
function Skeletons() {
  return (
    <div className="dashboard">
      <div className="dashboard-pair dashboard-top">
        <div className="card attention">
          <Loading what="the dashboard" lines={5} />
        </div>
        <div className="tiles">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
            <div key={key} className="card tile" />
          ))}
        </div>
      </div>
      <div className="dashboard-pair">
        <div className="card dashboard-plot" />
        <div className="card dashboard-plot" />
      </div>
      <div className="dashboard-pair">
        <div className="card dashboard-plot" />
        <div className="card dashboard-plot" />
      </div>
    </div>
  )
}
