import { useQuery } from '@tanstack/react-query'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { runtimeQuery } from '../../lib/queries.ts'
import { CompareSpecifiers } from './CompareSpecifiers.tsx'
import { Hosts } from './Hosts.tsx'
import { LoadFailures } from './LoadFailures.tsx'
import { OverTime } from './OverTime.tsx'
import { Parts } from './Parts.tsx'
import './runtime.css'

const title = 'Runtime'

/** What runs, how it is, and what browsers could not load. */
export function RuntimePage() {
  return (
    <NeedsAccess access="toolkit.curator" title={title}>
      <Runtime />
    </NeedsAccess>
  )
}

function Runtime() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(runtimeQuery(api))
  return (
    <>
      <PageHeader
        title={title}
        note={
          data ? (
            <>
              Version {data.version}, started <TickingTime at={data.startedAt} />, as{' '}
              {data.roles.join(' and ')}
            </>
          ) : (
            'What runs, how it is, and what browsers could not load'
          )
        }
      />
      <div className="stack">
        <LoadFailures />
        <CompareSpecifiers />
        {error && !data ? (
          <section className="card" aria-label="Parts">
            <Failure error={error} what="The parts can't be asked" retry={() => void refetch()} />
          </section>
        ) : !data ? (
          <Loading what="the parts" lines={12} />
        ) : (
          <>
            <Hosts hosts={data.hosts} />
            <Parts parts={data.parts} />
          </>
        )}
        <OverTime />
      </div>
    </>
  )
}
