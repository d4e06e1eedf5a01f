import type { OperationUse } from '@sre-toolbox/contract/dashboard'
import { useState } from 'react'
import { Link } from 'react-router'
import { TableHead } from '../../components/TableHead.tsx'
import { count, duration } from '../../lib/format.ts'
import { endedJobs } from './steps.ts'
import type { Overview } from './use-dashboard.ts'

const orders = [
  { key: 'busiest', title: 'Busiest' },
  { key: 'slowest', title: 'Slowest' },
] as const

/** Which operations run most, and which take longest. */
export function Operations({ overview }: { overview: Overview }) {
  const [order, setOrder] = useState<(typeof orders)[number]['key']>('busiest')
  const uses = overview[order]
  return (
    <section className="card dashboard-jobs" aria-label="Operations">
      <header className="list-header">
        <h2>Operations</h2>
        <div className="push">
          <fieldset className="segments">
            <legend className="hidden-text">Order</legend>
            {orders.map(({ key, title }) => (
              <button key={key} type="button" aria-pressed={key === order} onClick={() => setOrder(key)}>
                {title}
              </button>
            ))}
          </fieldset>
        </div>
      </header>
      {uses.length === 0 ? (
        <p className="soft dashboard-none">No job ended in this time.</p>
      ) : (
        <table className="operation-uses">
          <TableHead columns={['Operation', 'Jobs', 'Failed', 'p50', 'p95']} />
          <tbody>
            {uses.map((use) => (
              <Use key={`${use.toolkit}.${use.operation}`} use={use} from={overview.from} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Use({ use, from }: { use: OperationUse; from: string }) {
  const { toolkit, operation, jobs, p50Ms, p95Ms } = use
  const failed = use.failed + use.lost
  const of = { toolkit, operation, from }
  const timed = endedJobs({ ...of, status: 'succeeded,failed' })
  return (
    <tr>
      <th scope="row">
        <Link to={endedJobs(of)} className="cut" title={`${toolkit}.${operation}`}>
          {operation} <span className="soft">{toolkit}</span>
        </Link>
      </th>
      <td className="number">
        <Again to={endedJobs(of)}>{count(jobs)}</Again>
      </td>
      <td className="number">
        {failed === 0 ? (
          <Again to={endedJobs({ ...of, status: 'failed,lost' })}>0</Again>
        ) : (
          <Link to={endedJobs({ ...of, status: 'failed,lost' })} className="job-line-error">
            {count(failed)}
          </Link>
        )}
      </td>
      {[p50Ms, p95Ms].map((ms, index) => (
        <td key={index === 0 ? 'p50' : 'p95'} className="number">
          {ms === null ? '–' : <Again to={timed}>{duration(ms)}</Again>}
        </td>
      ))}
    </tr>
  )
}

/** A number that leads to its list; Tab takes the operation's name, which leads nearly there. */
function Again({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} tabIndex={-1} className="soft">
      {children}
    </Link>
  )
}
