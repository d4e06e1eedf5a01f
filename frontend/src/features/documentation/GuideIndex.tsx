import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { useApp } from '../../lib/app-context.ts'
import { guidesQuery } from '../../lib/queries.ts'
import { GuideSearch } from './GuideSearch.tsx'
import { groupsOf } from './guides.ts'

export function GuideIndex() {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(guidesQuery(api))
  return (
    <>
      <PageHeader title="Documentation" note="How it is done, and what to do when it does not work" />
      <div className="guide-search-large">
        <GuideSearch autoFocus />
      </div>
      {error && !data ? (
        <Failure error={error} what="The guides can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the guides" lines={10} />
      ) : data.items.length === 0 ? (
        <Empty title="No guide is here">
          The folder <code>frontend/documentation</code> of this installation is empty: restore it from the
          release.
        </Empty>
      ) : (
        <div className="guide-groups">
          {groupsOf(data.items).map(([group, guides]) => (
            <section key={group} className="card guide-group" aria-label={group}>
              <h2>{group}</h2>
              <ul>
                {guides.map(({ guide, title, summary, address }) => (
                  <li key={guide}>
                    <Link to={address}>{title}</Link>
                    <p className="small soft">{summary}</p>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </>
  )
}
