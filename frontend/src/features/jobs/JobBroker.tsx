import { Button } from '@mantine/core'
import type { Job } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { isActive } from '../../lib/job-status.ts'
import { inspectQuery } from '../../lib/queries.ts'

/** What the broker itself says of the job, beside what the database says. */
export function JobBroker({ job }: { job: Job }) {
  const { api } = useApp()
  const { data, error, refetch, isFetching } = useQuery({
    ...inspectQuery(api, job.id),
    refetchInterval: isActive(job.status) ? 3000 : false,
  })
  if (error) return <Failure error={error} what="The broker can't be asked" retry={() => void refetch()} />
  if (!data) return <Loading what="what the broker says" />
  return (
    <section className="card pad stack" aria-label="Broker">
      <dl className="facts facts-wide">
        <div>
          <dt>Engine</dt>
          <dd>{data.engine}</dd>
        </div>
        <div>
          <dt>Queue</dt>
          <dd>{data.queue}</dd>
        </div>
        <div>
          <dt>The broker says</dt>
          <dd>
            <code>{data.brokerState}</code>
            {data.brokerAttempts !== null && `, ${data.brokerAttempts} attempts`}
          </dd>
        </div>
        <div>
          <dt>The database says</dt>
          <dd>
            <code>{data.status}</code>, fencing token <span className="number">{data.fence}</span>
          </dd>
        </div>
        <div>
          <dt>Worker</dt>
          <dd>{data.worker ?? 'none'}</dd>
        </div>
        <div>
          <dt>Lease</dt>
          <dd>{data.leaseExpiresAt ? <TickingTime at={data.leaseExpiresAt} /> : 'none'}</dd>
        </div>
        <div>
          <dt>Keys</dt>
          <dd>{data.keys.length > 0 ? data.keys.map((key) => <code key={key}>{key} </code>) : 'none'}</dd>
        </div>
      </dl>
      <div>
        <Button variant="default" onClick={() => void refetch()} loading={isFetching}>
          Ask again
        </Button>
      </div>
    </section>
  )
}
