import { listAudit } from '@sre-toolbox/contract/audit'
import type { Job } from '@sre-toolbox/contract/jobs'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { AuditActor } from '../../components/audit/AuditActor.tsx'
import { AuditEntryDrawer } from '../../components/audit/AuditEntryDrawer.tsx'
import { AuditOutcomeMark } from '../../components/audit/AuditOutcomeMark.tsx'
import { whatOf } from '../../components/audit/what-of.ts'
import { Scrollable } from '../../components/Scrollable.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TableHead } from '../../components/TableHead.tsx'
import { Time } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { useNow } from '../../lib/use-now.ts'

const shown = 50

/** What the audit log says of this job. */
export function JobAudit({ job }: { job: Job }) {
  const { api } = useApp()
  const now = useNow(10_000)
  const [open, setOpen] = useState<number | null>(null)
  const { data, error, refetch } = useQuery({
    // What happens to the job may leave an entry.
    queryKey: ['audit', 'job', job.id, job.status, job.attempts.length],
    queryFn: ({ signal }) => api.call(listAudit, { jobId: job.id, limit: shown }, { signal }),
  })
  if (error) return <Failure error={error} what="The audit log can't be read" retry={() => void refetch()} />
  if (!data) return <Loading what="audit entries" />
  if (data.items.length === 0)
    return <Empty title="No entry names this job">Retention may have removed those that did.</Empty>
  return (
    <div className="stack">
      <Scrollable className="card table-card table-stack" aria-label="Audit entries">
        <table>
          <TableHead columns={['When', 'Who', 'Operation', 'Outcome', 'What', 'Entry']} />
          <tbody>
            {data.items.map((entry) => (
              <tr key={entry.seq}>
                <td className="soft">
                  <Time at={entry.at} now={now} />
                </td>
                <td>
                  <AuditActor actor={entry.actor} />
                </td>
                <td>{entry.operation}</td>
                <td>
                  <AuditOutcomeMark outcome={entry.outcome} />
                </td>
                <td className="soft">{whatOf(entry)}</td>
                <td data-label="Entry">
                  <button type="button" className="link number" onClick={() => setOpen(entry.seq)}>
                    {entry.seq}
                    <span className="hidden-text">, show the entry</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      {data.nextCursor && <Link to={`/admin/audit?jobId=${job.id}`}>All entries about this job</Link>}
      {open !== null && <AuditEntryDrawer seq={open} onShow={setOpen} onClose={() => setOpen(null)} />}
    </div>
  )
}
