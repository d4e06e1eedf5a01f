import { Link } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Attention } from './Attention.tsx'
import { JobLines } from './JobLines.tsx'
import { JobsOverTime } from './JobsOverTime.tsx'
import { Parts } from './Parts.tsx'
import { QueueOverTime } from './QueueOverTime.tsx'
import './dashboard.css'

export function DashboardPage() {
  return (
    <>
      <PageHeader title="Dashboard" />
      <Attention />
      <div className="dashboard">
        <section className="card pad dashboard-plot" aria-label="Jobs over time">
          <h2>Jobs, last 24 hours</h2>
          <JobsOverTime />
        </section>
        <section className="card pad dashboard-plot" aria-label="Queue over time">
          <h2>Queue</h2>
          <QueueOverTime />
        </section>
        <JobLines title="Failed lately" status="failed,lost" none="No job has failed." />
        <JobLines
          title="Running now"
          status="running,cancelling"
          none={
            <>
              <Link to="/toolkits">Run an operation</Link> to see it here.
            </>
          }
        />
      </div>
      <Parts />
    </>
  )
}
