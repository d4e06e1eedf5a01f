import { Button } from '@mantine/core'
import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { PageHeader } from '../components/PageHeader.tsx'
import { HealthMark, Mark } from '../components/StatusMark.tsx'
import { SwitchToolkit } from '../components/SwitchToolkit.tsx'
import { Empty, Failure, Loading } from '../components/states.tsx'
import { TickingTime } from '../components/Time.tsx'
import { useApp, useUser } from '../lib/app-context.ts'
import { may } from '../lib/may.ts'
import { toolkitQuery } from '../lib/queries.ts'
import { ToolkitRenderer } from './ToolkitRenderer.tsx'

export function ToolkitPage() {
  const { slug = '' } = useParams()
  const { api } = useApp()
  const { data, error, refetch } = useQuery(toolkitQuery(api, slug))
  if (error && !data)
    return (
      <Failure
        wholePage
        error={error}
        what="This toolkit can't be shown"
        retry={() => void refetch()}
        back={{ title: 'All toolkits', to: '/toolkits' }}
      />
    )
  if (!data) return <Loading what="the toolkit" lines={10} />
  return <Toolkit key={slug} toolkit={data.toolkit} />
}

function Toolkit({ toolkit }: { toolkit: ToolkitDetail }) {
  const user = useUser()
  const [switching, setSwitching] = useState(false)
  const { slug, name, description, enabled, switched, health } = toolkit
  return (
    <>
      <PageHeader
        title={name}
        heading={
          <span className="row wrap">
            {name} {!enabled && <Mark tone="mute" shape="slash" word="Disabled" />}
            {enabled && health.status !== 'unknown' && <HealthMark status={health.status} />}
          </span>
        }
        crumbs={[{ title: 'Toolkits', to: '/toolkits' }]}
        note={
          <>
            {description}
            {health.message && health.status !== 'healthy' && health.status !== 'unknown' && (
              <p className="health-message">{health.message}</p>
            )}
          </>
        }
        actions={
          <>
            <Button component={Link} to={`/jobs?toolkit=${slug}`} variant="default">
              Its jobs
            </Button>
            {enabled && hasGuide(toolkit) && (
              <Button component={Link} to={`/documentation/toolkits/${slug}`} variant="default">
                Its guide
              </Button>
            )}
            {may(user, 'toolkit.curator') && (
              <Button variant="default" onClick={() => setSwitching(true)}>
                {enabled ? 'Disable…' : 'Enable…'}
              </Button>
            )}
          </>
        }
      />
      {enabled ? (
        <ToolkitRenderer toolkit={toolkit} />
      ) : (
        <div className="card">
          <Empty title={`${name} is disabled`}>
            {switched?.by && (
              <>
                By {switched.by}, <TickingTime at={switched.at} />: {switched.why}
                <br />
              </>
            )}
            Its operations are refused.{' '}
            {may(user, 'toolkit.curator') ? 'Enable it above.' : 'A curator can enable it.'}
          </Empty>
        </div>
      )}
      {switching && <SwitchToolkit toolkit={toolkit} onClose={() => setSwitching(false)} />}
    </>
  )
}

function hasGuide({ manifest }: ToolkitDetail): boolean {
  return typeof manifest === 'object' && manifest !== null && 'docs' in manifest
}
