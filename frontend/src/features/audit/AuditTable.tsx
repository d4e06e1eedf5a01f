import type { AuditEntry } from '@sre-toolbox/contract/audit'
import { Link, useLocation } from 'react-router'
import { AuditActor } from '../../components/audit/AuditActor.tsx'
import { AuditOutcomeMark } from '../../components/audit/AuditOutcomeMark.tsx'
import { whatOf } from '../../components/audit/what-of.ts'
import { Time } from '../../components/Time.tsx'
import { VirtualGrid } from '../../components/VirtualGrid.tsx'
import { count } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

const columns = [
  { title: 'Entry', className: 'audit-seq' },
  { title: 'When' },
  { title: 'Who' },
  { title: 'Operation' },
  { title: 'Outcome' },
  { title: 'What' },
  { title: 'From', className: 'audit-from' },
]

export function AuditTable(props: {
  entries: readonly AuditEntry[]
  onOpen: (seq: number) => void
  onEnd: () => void
}) {
  const now = useNow(10_000)
  return (
    <div className="card grid-card audit-table">
      <VirtualGrid
        label="Audit entries. Arrow keys move, Enter opens."
        name="entry"
        columns={columns}
        rows={props.entries}
        rowHeights={[36, 66]}
        idOf={({ seq }) => String(seq)}
        onOpen={({ seq }) => props.onOpen(seq)}
        onEnd={props.onEnd}
        cells={(entry) => <Cells entry={entry} now={now} />}
      />
    </div>
  )
}

function Cells({ entry, now }: { entry: AuditEntry; now: number }) {
  return (
    <>
      <td className="audit-seq number soft">{count(entry.seq)}</td>
      <td className="audit-when soft">
        <Time at={entry.at} now={now} />
      </td>
      <td className="audit-who cut">
        <AuditActor actor={entry.actor} />
      </td>
      <td className="audit-operation cut">
        <EntryLink seq={entry.seq}>{entry.operation}</EntryLink>
      </td>
      <td className="audit-outcome">
        <AuditOutcomeMark outcome={entry.outcome} />
      </td>
      <td className="audit-what cut soft">{whatOf(entry)}</td>
      <td className="audit-from cut soft">{entry.address}</td>
    </>
  )
}

/** Opens an entry beside the list, which stays as it is. */
function EntryLink({ seq, children }: { seq: number; children: string }) {
  const { search } = useLocation()
  const next = new URLSearchParams(search)
  next.set('entry', String(seq))
  return (
    <Link to={`?${next}`} tabIndex={-1} preventScrollReset>
      {children}
    </Link>
  )
}
