import { Button } from '@mantine/core'
import type { ToolkitDetail } from '@sre-toolbox/contract/toolkits'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { CopyText } from '../../components/CopyText.tsx'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { HealthMark, Mark } from '../../components/StatusMark.tsx'
import { SwitchToolkit } from '../../components/SwitchToolkit.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { TickingTime } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { toolkitQuery } from '../../lib/queries.ts'
import { permissionsOf } from './permissions.ts'
import { ToolkitSettings } from './ToolkitSettings.tsx'
import './toolkits.css'

export function AdminToolkitPage() {
  const { slug = '' } = useParams()
  return (
    <NeedsAccess access="toolkit.curator" title={slug}>
      <Installed key={slug} slug={slug} />
    </NeedsAccess>
  )
}

function Installed({ slug }: { slug: string }) {
  const { api } = useApp()
  const { data, error, refetch } = useQuery(toolkitQuery(api, slug))
  if (error && !data)
    return (
      <Failure
        wholePage
        error={error}
        what="This toolkit can't be shown"
        retry={() => void refetch()}
        back={{ title: 'All toolkits', to: '/admin/toolkits' }}
      />
    )
  if (!data) return <Loading what="the toolkit" lines={10} />
  return <Detail toolkit={data.toolkit} />
}

function Detail({ toolkit }: { toolkit: ToolkitDetail }) {
  const [switching, setSwitching] = useState(false)
  const { slug, name, description, enabled, health } = toolkit
  return (
    <>
      <PageHeader
        title={`Manage ${name}`}
        heading={
          <span className="row wrap">
            {name}{' '}
            {enabled ? (
              <HealthMark status={health.status} />
            ) : (
              <Mark tone="mute" shape="slash" word="Disabled" />
            )}
          </span>
        }
        crumbs={[{ title: 'Manage toolkits', to: '/admin/toolkits' }]}
        note={description}
        actions={
          <>
            <Button component={Link} to={`/toolkits/${slug}`} variant="default">
              Open it
            </Button>
            <Button
              variant={enabled ? 'light' : 'filled'}
              color={enabled ? 'red' : 'blue'}
              onClick={() => setSwitching(true)}
            >
              {enabled ? 'Disable…' : 'Enable…'}
            </Button>
          </>
        }
      />
      <div className="toolkit-admin">
        <ToolkitSettings slug={slug} />
        <div className="stack">
          <Health toolkit={toolkit} />
          <Permissions toolkit={toolkit} />
          <Versions toolkit={toolkit} />
        </div>
      </div>
      {switching && <SwitchToolkit toolkit={toolkit} onClose={() => setSwitching(false)} />}
    </>
  )
}

function Health({ toolkit: { health, hosts } }: { toolkit: ToolkitDetail }) {
  return (
    <section className="card pad stack" aria-label="Health">
      <h2>Health</h2>
      <p>
        {health.message ?? 'Its check found nothing wrong.'}{' '}
        {health.checkedAt && (
          <span className="soft">
            checked <TickingTime at={health.checkedAt} />
          </span>
        )}
      </p>
      {hosts.length === 0 ? (
        <p className="soft">No process of it runs now: one starts with the next call.</p>
      ) : (
        <ul>
          {hosts.map((host) => (
            <li key={host.pid}>
              Process <span className="number">{host.pid}</span>, {plural(host.running, 'call')} in it,
              started <TickingTime at={host.startedAt} />
              {host.restarts > 0 && `, ${plural(host.restarts, 'restart')}`}
              {host.lastExit && <p className="small soft">Last exit: {host.lastExit}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Permissions({ toolkit }: { toolkit: ToolkitDetail }) {
  return (
    <section className="card pad stack" aria-label="Permissions">
      <div>
        <h2>Permissions</h2>
        <p className="small soft">Asked for by its manifest. It runs without anything else.</p>
      </div>
      <dl className="facts">
        {permissionsOf(toolkit.manifest).map(({ title, names, none }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              {names.length === 0 ? (
                <span className="soft">{none}</span>
              ) : (
                <ul>
                  {names.map((name) => (
                    <li key={name}>
                      <code>{name}</code>
                      {name === '*' && <span className="soft"> every host</span>}
                    </li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Versions({ toolkit: { versions, bundled } }: { toolkit: ToolkitDetail }) {
  return (
    <section className="card pad stack" aria-label="Versions">
      <div>
        <h2>Versions</h2>
        <p className="small soft">
          {bundled ? 'It comes with the product.' : 'It was added to the product here.'}
        </p>
      </div>
      <ul className="stack-small">
        {versions.map(({ version, digest, active, addedAt }) => (
          <li key={digest}>
            <span className="row wrap">
              <b className="number">{version}</b>
              {active && <Mark tone="good" shape="check" word="In use" />}
              <span className="soft">
                first seen <TickingTime at={addedAt} />
              </span>
            </span>
            <CopyText text={digest} what={`digest of ${version}`} />
          </li>
        ))}
      </ul>
    </section>
  )
}
