import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { Mark } from '../../components/StatusMark.tsx'
import { useUser } from '../../lib/app-context.ts'
import { may } from '../../lib/may.ts'
import type { LoadFailure } from './load-toolkit-ui.ts'

/** Why a toolkit's own pages are not shown, word for word. */
export function LoadFailures(props: { slug: string; failures: readonly LoadFailure[]; retry: () => void }) {
  const { slug, failures, retry } = props
  const user = useUser()
  return (
    <section role="alert" aria-label="Why its own pages are not shown" className="card pad load-failures">
      <div className="row wrap">
        <h2>Failed to load toolkit UI for {slug}</h2>
        <Button size="xs" variant="default" className="push" onClick={retry}>
          Try again
        </Button>
      </div>
      <dl>
        {failures.map(({ kind, url, cause }) => (
          <div key={url}>
            <dt>
              <Mark tone="bad" shape="cross" word={kind} /> <code className="soft">{url}</code>
            </dt>
            <dd className="mono">{cause}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">
        Its operations work all the same: each is a form below.{' '}
        <Link to="/documentation/troubleshooting#a-toolkits-pages-do-not-load">What to do about it</Link>{' '}
        {may(user, 'toolkit.curator') && (
          <Link to={`/admin/runtime?compare=${slug}`}>All failures, and what is where</Link>
        )}
      </p>
    </section>
  )
}
