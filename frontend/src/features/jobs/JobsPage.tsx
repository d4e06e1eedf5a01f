import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useMemo, useRef } from 'react'
import { Link, useSearchParams } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { SavedViews } from '../../components/saved-views/SavedViews.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useUser } from '../../lib/app-context.ts'
import { useKept } from '../../lib/use-kept.ts'
import { BulkBar } from './BulkBar.tsx'
import { FilterBar } from './FilterBar.tsx'
import { JobTable } from './JobTable.tsx'
import { isNarrowed, type JobFilter, readFilter, writeFilter } from './job-filter.ts'
import { useJobList } from './use-job-list.ts'
import './jobs.css'

export function JobsPage() {
  const [search, setSearch] = useSearchParams()
  const filter = useMemo(() => readFilter(search), [search])
  const list = useJobList(filter)
  const { username } = useUser()
  const [selected, setSelected] = useKept<ReadonlySet<string>>('selected jobs', new Set())
  const searchRef = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchRef.current?.focus()]])

  function narrow(next: JobFilter) {
    setSearch(writeFilter(next), { replace: true })
    setSelected(new Set())
  }
  function loadMore() {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
  }
  return (
    <div className="page-fill">
      <PageHeader
        title="Jobs"
        actions={
          <Button component={Link} to="/toolkits">
            Run an operation
          </Button>
        }
      />
      <SavedViews
        list="jobs"
        query={writeFilter(filter).toString()}
        presets={[
          { name: 'Failed in the last 24 h', query: 'status=failed,lost&within=24h' },
          { name: 'Mine', query: `requestedBy=${encodeURIComponent(username)}` },
          { name: 'Running now', query: 'status=running,cancelling' },
        ]}
      />
      <FilterBar filter={filter} onChange={narrow} searchRef={searchRef} />
      {list.error && list.jobs.length === 0 ? (
        <Failure error={list.error} what="The jobs can't be listed" retry={() => void list.refetch()} />
      ) : list.isPending || list.searching ? (
        <div className="card grid-card">
          <Loading what="jobs" lines={12} />
        </div>
      ) : list.jobs.length === 0 ? (
        <div className="card grid-card">
          {list.hasNextPage ? (
            <Empty title="None so far">
              <p>The newest jobs that were looked at don't fit. Older ones may.</p>
              <Button size="xs" variant="default" loading={list.isFetchingNextPage} onClick={loadMore}>
                Look further back
              </Button>
            </Empty>
          ) : isNarrowed(filter) ? (
            <Empty title="No job fits these filters">Take one away, or look further back in time.</Empty>
          ) : (
            <Empty title="No job has run yet">
              <Link to="/toolkits">Choose a toolkit</Link> and run one of its operations: the job shows up
              here. <Link to="/documentation/first-job">How that goes</Link>
            </Empty>
          )}
        </div>
      ) : (
        <JobTable jobs={list.jobs} selected={selected} onSelect={setSelected} onEnd={loadMore} />
      )}
      <BulkBar jobs={list.jobs.filter(({ id }) => selected.has(id))} onClear={() => setSelected(new Set())} />
    </div>
  )
}
