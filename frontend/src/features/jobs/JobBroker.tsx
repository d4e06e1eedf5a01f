import { Button } from '@mantine/core'
import type { Job } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import { Fact } from '../../components/Fact.tsx'
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
        <Fact name="Engine">{data.engine}</Fact>
        <Fact name="Queue">{data.queue}</Fact>
        <Fact name="The broker says">
          <code>{data.brokerState}</code>
          {data.brokerAttempts !== null && `, ${data.brokerAttempts} attempts`}
        </Fact>
        <Fact name="The database says">
          <code>{data.status}</code>, fencing token <span className="number">{data.fence}</span>
        </Fact>
        <Fact name="Worker">{data.worker ?? 'none'}</Fact>
        <Fact name="Lease">{data.leaseExpiresAt ? <TickingTime at={data.leaseExpiresAt} /> : 'none'}</Fact>
        <Fact name="Keys">
          {data.keys.length > 0 ? data.keys.map((key) => <code key={key}>{key} </code>) : 'none'}
        </Fact>
      </dl>
      <div>
        <Button variant="default" onClick={() => void refetch()} loading={isFetching}>
          Ask again
        </Button>
      </div>
    </section>
  )
}
