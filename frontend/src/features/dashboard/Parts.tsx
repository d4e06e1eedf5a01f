import { useQuery } from '@tanstack/react-query'
import { HealthMark } from '../../components/StatusMark.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { runtimeQuery } from '../../lib/queries.ts'

const words: Readonly<Record<string, string>> = {
  api: 'API',
  'toolkit-hosts': 'Toolkit hosts',
  'event-loop': 'Event loop',
}

/** How the product's own parts are. */
export function Parts() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(runtimeQuery(api))
  return (
    <section className="card dashboard-parts" aria-label="The product itself">
      <header className="list-header">
        <h2>SRE Toolbox itself</h2>
        {data && <span className="push small soft">version {data.version}</span>}
      </header>
      {error && !data ? (
        <Failure error={error} what="Its parts can't be asked" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the parts" />
      ) : (
        <ul className="list-rows">
          {data.parts.map(({ name, status, message }) => (
            <li key={name} className="part">
              <span className="part-name">{words[name] ?? name.charAt(0).toUpperCase() + name.slice(1)}</span>
              <HealthMark status={status} />
              <span className="soft part-says">{message}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
