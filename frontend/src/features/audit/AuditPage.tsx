import { Button, Menu } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Download, RefreshCw, ShieldCheck } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { AuditEntryDrawer } from '../../components/audit/AuditEntryDrawer.tsx'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { SavedViews } from '../../components/saved-views/SavedViews.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useUser } from '../../lib/app-context.ts'
import { AuditFilterBar } from './AuditFilterBar.tsx'
import { AuditTable } from './AuditTable.tsx'
import { type AuditFilter, isNarrowed, readFilter, toQuery, writeFilter } from './audit-filter.ts'
import { useAuditList } from './use-audit-list.ts'
import { VerifyDialog } from './VerifyDialog.tsx'
import './audit.css'

export function AuditPage() {
  return (
    <NeedsAccess access="system.admin" title="Audit log">
      <AuditLog />
    </NeedsAccess>
  )
}

function AuditLog() {
  const { username } = useUser()
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => readFilter(search), [search])
  const list = useAuditList(filter)
  const [verifying, setVerifying] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])

  const narrow = (next: AuditFilter) => setSearch(writeFilter(next), { replace: true })
  function show(seq: number | null) {
    const next = writeFilter(filter)
    if (seq !== null) next.set('entry', String(seq))
    setSearch(next, { replace: true, preventScrollReset: true })
  }
  const loadMore = () => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  const entry = Number(search.get('entry'))
  const { entries } = list
  return (
    <div className="page-fill">
      <PageHeader
        title="Audit log"
        actions={
          <>
            <Button
              variant="default"
              leftSection={<RefreshCw size={13} />}
              loading={list.isRefetching}
              onClick={() => void list.refetch()}
            >
              Read again
            </Button>
            <ExportMenu filter={filter} />
            <Button leftSection={<ShieldCheck size={14} />} onClick={() => setVerifying(true)}>
              Verify…
            </Button>
          </>
        }
      />
      <SavedViews
        list="audit"
        query={writeFilter(filter).toString()}
        presets={[
          { name: 'Refused in the last 24 h', query: 'outcome=refused&within=24h' },
          { name: 'Failed in the last 24 h', query: 'outcome=failed&within=24h' },
          { name: 'Changes to users', query: 'operation=users.*' },
          { name: 'Sign-ins', query: 'operation=auth.login' },
          { name: 'Mine', query: `actor=${encodeURIComponent(username)}` },
        ]}
      />
      <AuditFilterBar filter={filter} onChange={narrow} searchRef={searchRef} />
      {list.error && entries.length === 0 ? (
        <Failure error={list.error} what="The audit log can't be read" retry={() => void list.refetch()} />
      ) : list.isPending || list.searching ? (
        <div className="card grid-card">
          <Loading what={list.searching ? 'older audit entries' : 'audit entries'} lines={12} />
        </div>
      ) : entries.length === 0 ? (
        <div className="card grid-card">
          {isNarrowed(filter) ? (
            <Empty title="No entry fits these filters">Take one away, or look further back in time.</Empty>
          ) : (
            <Empty title="Nothing was recorded yet">
              Every change, sign-in and refusal shows up here by itself.
            </Empty>
          )}
        </div>
      ) : (
        <AuditTable entries={entries} onOpen={show} onEnd={loadMore} />
      )}
      {entry > 0 && <AuditEntryDrawer seq={entry} onShow={show} onClose={() => show(null)} />}
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </div>
  )
}

/** The browser itself writes the file as it comes and shows how far it is, however large the log. */
function ExportMenu({ filter }: { filter: AuditFilter }) {
  const query = new URLSearchParams(toQuery(filter, Date.now()))
  const formats = [
    { format: 'csv', title: 'CSV, for a spreadsheet' },
    { format: 'jsonl', title: 'JSON Lines, with all that was hashed' },
  ]
  return (
    <Menu position="bottom-end" width={270}>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={13} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{isNarrowed(filter) ? 'What the filters let through' : 'The whole log'}</Menu.Label>
        {formats.map(({ format, title }) => (
          <Menu.Item
            key={format}
            component="a"
            href={`/api/audit/export?${new URLSearchParams([...query, ['format', format]])}`}
            download={`audit-${new Date().toISOString().slice(0, 10)}.${format}`}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
