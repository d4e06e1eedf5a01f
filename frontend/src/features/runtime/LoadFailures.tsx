import { Button } from '@mantine/core'
import type { LoadFailure } from '@sre-toolbox/contract/diagnostics'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { FilterChip } from '../../components/FilterChip.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { count } from '../../lib/format.ts'
import { loadFailuresQuery } from './queries.ts'

/** What browsers could not load or show of toolkits' own pages, word for word. */
export function LoadFailures() {
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const toolkit = search.get('toolkit')
  const failures = useInfiniteQuery(loadFailuresQuery(api, toolkit))
  const { data, error, refetch } = failures
  function showAll() {
    search.delete('toolkit')
    setSearch(search, { replace: true })
  }
  return (
    <section className="card" aria-label="Load failures">
      <header className="list-header">
        <h2>Load failures</h2>
        <span className="soft small">of toolkits' own pages, as browsers reported them</span>
        {toolkit && <FilterChip name="toolkit" value={toolkit} onClear={showAll} />}
      </header>
      {error && !data ? (
        <Failure error={error} what="They can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="load failures" lines={4} />
      ) : data.pages[0]?.items.length === 0 ? (
        <Empty title="None was reported">
          When a toolkit's own page does not load, or throws, the reason is kept here and its operations are
          offered as forms.
        </Empty>
      ) : (
        <ul className="list-rows">
          {data.pages
            .flatMap(({ items }) => items)
            .map((failure) => (
              <FailureRow key={failure.id} failure={failure} />
            ))}
        </ul>
      )}
      {failures.hasNextPage && (
        <p className="pad">
          <Button
            variant="default"
            size="xs"
            loading={failures.isFetchingNextPage}
            onClick={() => void failures.fetchNextPage()}
          >
            Show older ones
          </Button>
        </p>
      )}
    </section>
  )
}

function FailureRow({ failure }: { failure: LoadFailure }) {
  const { toolkit, version, specifier, stage, url, message, cause, lastSeenBy } = failure
  return (
    <li className="load-failure">
      <div className="row wrap">
        <Mark tone="bad" shape="cross" word={stage === 'load' ? 'Did not load' : 'Threw'} />
        <b>{message}</b>
        <span className="push number" title={`seen ${count(failure.count)} times`}>
          {count(failure.count)} ×
        </span>
      </div>
      <pre className="load-failure-cause">{cause}</pre>
      <p className="small soft row wrap">
        <span className="tag tag-mute">{specifier}</span>
        <span>version {version}</span>
        <span>
          last seen <TickingTime at={failure.lastSeenAt} /> by {lastSeenBy.name}
        </span>
        <span>
          first seen <TickingTime at={failure.firstSeenAt} />
        </span>
        <span className="cut load-failure-browser" title={lastSeenBy.browser}>
          {browserOf(lastSeenBy.browser)}
        </span>
      </p>
      <p className="small row wrap">
        <code className="soft load-failure-url">{url}</code>
        <Link to={`?compare=${toolkit}`} preventScrollReset className="push">
          Compare its specifiers
        </Link>
        <Link to={`/toolkits/${toolkit}`}>Open it</Link>
      </p>
    </li>
  )
}

/** `Firefox 140`, where a browser says so in the usual way. */
function browserOf(userAgent: string): string {
  const [, name, version] = /(Firefox|Edg|OPR|Chrome|Version)\/(\d+)/.exec(userAgent) ?? []
  if (!name) return userAgent
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }
  return `${names[name] ?? name} ${version}`
}
