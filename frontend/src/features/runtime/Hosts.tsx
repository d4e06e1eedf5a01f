import type { OutputOf } from '@sre-toolbox/contract/operation'
import type { runtimeStatus } from '@sre-toolbox/contract/runtime'
import { Link } from 'react-router'
import { Scrollable } from '../../components/Scrollable.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Empty } from '../../components/states.tsx'
import { TableHead } from '../../components/TableHead.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { bytes, count, plural } from '../../lib/format.ts'

type Host = OutputOf<typeof runtimeStatus>['hosts'][number]

/** The processes that run toolkits' code: what they hold, and how often they went down. */
export function Hosts({ hosts }: { hosts: readonly Host[] }) {
  const most = Math.max(1, ...hosts.map(({ residentBytes }) => residentBytes ?? 0))
  return (
    <section className="card" aria-label="Toolkit hosts">
      <header className="list-header">
        <h2>Toolkit hosts</h2>
        <span className="soft small">a process for each toolkit version that is in use</span>
      </header>
      {hosts.length === 0 ? (
        <Empty title="None runs now">A host starts when an operation of its toolkit is called.</Empty>
      ) : (
        <Scrollable aria-label="Hosts" className="hosts">
          <table>
            <TableHead columns={['Toolkit', 'Process', 'Started', 'Running', 'Memory', 'Restarts']} />
            <tbody>
              {hosts
                .toSorted((a, b) => b.restarts - a.restarts || a.slug.localeCompare(b.slug))
                .map((host) => (
                  <HostRow key={host.pid} host={host} most={most} />
                ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </section>
  )
}

function HostRow({ host, most }: { host: Host; most: number }) {
  const { slug, version, pid, startedAt, running, residentBytes, restarts, lastExit } = host
  return (
    <tr>
      <th scope="row">
        <Link to={`/toolkits/${slug}`}>{slug}</Link> <span className="soft">{version}</span>
      </th>
      <td className="mono">{pid}</td>
      <td>
        <TickingTime at={startedAt} />
      </td>
      <td className="number">{count(running)}</td>
      <td>
        {residentBytes === null ? (
          <span className="soft">–</span>
        ) : (
          <span className="row">
            <progress value={residentBytes} max={most} aria-label={`Memory of ${slug}`} />
            <span className="number">{bytes(residentBytes)}</span>
          </span>
        )}
      </td>
      <td>
        {restarts === 0 ? (
          <span className="number">0</span>
        ) : (
          <>
            <Mark tone="warn" shape="bang" word={plural(restarts, 'restart')} />
            <span className="small soft host-exit">{lastExit}</span>
          </>
        )}
      </td>
    </tr>
  )
}
