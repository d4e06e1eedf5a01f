import { Empty, Failure, Loading, useOperation, useToolkit } from '@sre-toolbox/sdk/ui'
import { Link, useSearchParams } from 'react-router'
import { HeatMap } from './HeatMap.tsx'
import { ProbeTable } from './ProbeTable.tsx'
import type { KeptProbe } from './probe-data.ts'
import { Targets } from './Targets.tsx'

const most = 300

export function HistoryPage() {
  const [search] = useSearchParams()
  const url = search.get('url')
  return url === null ? <Targets /> : <History key={url} url={url} />
}

function History({ url }: { url: string }) {
  const { basePath } = useToolkit()
  const history = useOperation<{ items: readonly KeptProbe[] }>(
    'history',
    { url, limit: most },
    { everySeconds: 15 },
  )
  const { data, error, refetch } = history
  if (error && !data) return <Failure error={error} what="The history can't be read" retry={refetch} />
  if (!data) return <Loading what="the history" lines={10} />
  return (
    <div className="stack">
      <header className="row wrap">
        <h2 className="mono latency-sleuth-url">{url}</h2>
        <span className="row push">
          <Link to={`${basePath}?url=${encodeURIComponent(url)}`}>Probe it again</Link>
          <Link to={`${basePath}/history`}>Others</Link>
        </span>
      </header>
      {data.items.length === 0 ? (
        <div className="card">
          <Empty title="It was not probed, or too long ago">
            <Link to={`${basePath}?url=${encodeURIComponent(url)}`}>Probe it</Link> to see it here.
          </Empty>
        </div>
      ) : (
        <>
          <HeatMap probes={data.items.toReversed()} />
          <ProbeTable probes={data.items} />
        </>
      )}
    </div>
  )
}
