import { Button, Select } from '@mantine/core'
import type { SpecifierReport } from '@sre-toolbox/contract/diagnostics'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { ShortId } from '../../components/ShortId.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { bytes } from '../../lib/format.ts'
import { toolkitsQuery } from '../../lib/queries.ts'
import { answerQuery, comparisonQuery } from './queries.ts'

/** Where the pages of a toolkit may come from, side by side. */
export function CompareSpecifiers() {
  const { api } = useApp()
  const [search, setSearch] = useSearchParams()
  const slug = search.get('compare')
  const { data } = useQuery(toolkitsQuery(api))
  const withUi = data?.items.filter(({ hasUi }) => hasUi) ?? []
  function choose(next: string | null) {
    if (next === null) search.delete('compare')
    else search.set('compare', next)
    setSearch(search, { replace: true, preventScrollReset: true })
  }
  return (
    <section className="card pad stack" aria-label="Specifiers">
      <div className="row wrap">
        <div>
          <h2>Specifiers</h2>
          <p className="soft small">
            <code>local</code> is what was built where a toolkit came from, <code>remote</code> what browsers
            are given.
          </p>
        </div>
        <Select
          aria-label="Toolkit to compare the specifiers of"
          placeholder="Choose a toolkit"
          className="push"
          data={withUi.map((toolkit) => ({ value: toolkit.slug, label: toolkit.name }))}
          value={slug}
          onChange={choose}
          clearable
          nothingFoundMessage="No toolkit has pages of its own"
          clearButtonProps={{ 'aria-label': 'Compare none' }}
        />
      </div>
      {slug && <Comparison key={slug} slug={slug} />}
    </section>
  )
}

function Comparison({ slug }: { slug: string }) {
  const { api } = useApp()
  const { data, error, isFetching, refetch } = useQuery(comparisonQuery(api, slug))
  if (error && !data)
    return <Failure error={error} what="They can't be compared" retry={() => void refetch()} />
  if (!data) return <Loading what="the comparison" lines={8} />
  const { local, remote, same, findings, version } = data
  return (
    <>
      <div className="row wrap">
        {same === true && <Mark tone="good" shape="check" word="The same" />}
        {same === false && <Mark tone="warn" shape="bang" word="Different" />}
        {same === null && <Mark tone="mute" shape="question" word="Only one is there" />}
        <span className="soft">
          {slug} {version}
        </span>
        <Button
          size="compact-xs"
          variant="default"
          className="push"
          loading={isFetching}
          onClick={() => void refetch()}
        >
          Compare again
        </Button>
      </div>
      {findings.length > 0 && (
        <ul className="specifier-findings">
          {findings.map((finding) => (
            <li key={finding}>{finding}</li>
          ))}
        </ul>
      )}
      <SpecifierTable local={local} remote={remote} />
    </>
  )
}

function SpecifierTable({ local, remote }: { local: SpecifierReport; remote: SpecifierReport }) {
  const answer = useQuery(answerQuery(remote.place))
  const seen = answer.data
    ? `${answer.data.status}, ${answer.data.contentType}`
    : (answer.error?.message ?? '…')
  const rows: [string, (report: SpecifierReport) => ReactNode][] = [
    ['Place', ({ place }) => place && <code>{place}</code>],
    [
      'Reachable',
      ({ reachable }) => (
        <Mark
          tone={reachable ? 'good' : 'bad'}
          shape={reachable ? 'check' : 'cross'}
          word={reachable ? 'Yes' : 'No'}
        />
      ),
    ],
    ['Answer of the server', ({ status }) => status],
    ['Answer this browser gets', ({ kind, place }) => kind === 'remote' && place && seen],
    ['MIME type', ({ contentType }) => contentType],
    ['Size', ({ bytes: size }) => size !== null && bytes(size)],
    ['Digest', ({ digest, kind }) => digest && <ShortId id={digest} what={`${kind} module`} />],
    ['Exports', ({ exports }) => exports && <code>{exports.join(', ') || 'nothing'}</code>],
  ]
  return (
    <table className="specifiers">
      <thead>
        <tr>
          <td />
          <th scope="col">local</th>
          <th scope="col">remote</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, show]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{show(local) || <span className="soft">–</span>}</td>
            <td>{show(remote) || <span className="soft">–</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
