import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { HealthMark, Mark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { toolkitsQuery } from '../../lib/queries.ts'
import { useRowKeys } from '../../lib/use-row-keys.ts'
import './toolkits.css'

export function ToolkitsPage() {
  const rows = useRowKeys<HTMLUListElement>()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(toolkitsQuery(api))
  return (
    <>
      <PageHeader title="Toolkits" note="What can be run here, by people and by agents" />
      {error && !data ? (
        <Failure error={error} what="The toolkits can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="toolkits" />
      ) : data.items.length === 0 ? (
        <Empty title="No toolkit is installed">
          Name directories of toolkits in <code>TOOLBOX_EXTRA_TOOLKITS</code> and start the server again.{' '}
          <Link to="/documentation/writing-a-toolkit">How to write one</Link>
        </Empty>
      ) : (
        <ul ref={rows} className="toolkits">
          {data.items.toSorted(worstFirst).map((toolkit) => (
            <ToolkitCard key={toolkit.slug} toolkit={toolkit} />
          ))}
        </ul>
      )}
    </>
  )
}

const urgency = { unhealthy: 0, degraded: 1, healthy: 2, unknown: 2 } as const

function worstFirst(a: ToolkitSummary, b: ToolkitSummary): number {
  const rank = ({ enabled, health }: ToolkitSummary) => (enabled ? urgency[health.status] : 3)
  return rank(a) - rank(b) || a.name.localeCompare(b.name)
}

function ToolkitCard({ toolkit }: { toolkit: ToolkitSummary }) {
  const { slug, name, description, version, enabled, bundled, health, operations } = toolkit
  return (
    <li className="card toolkit-card">
      <div className="row">
        <h2>
          <Link to={`/toolkits/${slug}`}>{name}</Link>
        </h2>
        <span className="push">
          {enabled ? (
            <HealthMark status={health.status} />
          ) : (
            <Mark tone="mute" shape="slash" word="Disabled" />
          )}
        </span>
      </div>
      <p className="soft">{description}</p>
      {health.message && <p className="small toolkit-health">{health.message}</p>}
      <p className="small soft toolkit-facts number">
        {version} · {plural(operations, 'operation')} · {bundled ? 'comes with the product' : 'added here'}
        {health.checkedAt && (
          <>
            {' · checked '}
            <TickingTime at={health.checkedAt} />
          </>
        )}
      </p>
    </li>
  )
}
