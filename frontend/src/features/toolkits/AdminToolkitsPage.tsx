import type { ToolkitSummary } from '@sre-toolbox/contract/toolkits'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { NeedsAccess } from '../../components/NeedsAccess.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { Scrollable } from '../../components/Scrollable.tsx'
import { HealthMark, Mark } from '../../components/StatusMark.tsx'
import { Empty, Failure, Loading } from '../../components/states.tsx'
import { TableHead } from '../../components/TableHead.tsx'
import { Time } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { toolkitsQuery } from '../../lib/queries.ts'
import { useNow } from '../../lib/use-now.ts'
import { useRowKeys } from '../../lib/use-row-keys.ts'
import './toolkits.css'

export function AdminToolkitsPage() {
  return (
    <NeedsAccess access="toolkit.curator" title="Manage toolkits">
      <Installed />
    </NeedsAccess>
  )
}

function Installed() {
  const { api } = useApp()
  const now = useNow(10_000)
  const rows = useRowKeys<HTMLTableSectionElement>()
  const { data, error, refetch } = useQuery(toolkitsQuery(api))
  return (
    <>
      <PageHeader title="Manage toolkits" note="What is installed, what it may reach, and how it is" />
      {error && !data ? (
        <Failure error={error} what="The toolkits can't be listed" retry={() => void refetch()} />
      ) : !data ? (
        <div className="card">
          <Loading what="toolkits" />
        </div>
      ) : data.items.length === 0 ? (
        <div className="card">
          <Empty title="No toolkit is installed">
            Name directories of toolkits in <code>TOOLBOX_EXTRA_TOOLKITS</code> and start the server again.
          </Empty>
        </div>
      ) : (
        <Scrollable className="card table-card table-stack" aria-label="Installed toolkits">
          <table>
            <TableHead columns={['Toolkit', 'State', 'Version', 'Operations', 'Came by', 'Checked']} />
            <tbody ref={rows}>
              {data.items.map((toolkit) => (
                <tr key={toolkit.slug}>
                  <td>
                    <Link to={`/admin/toolkits/${toolkit.slug}`} className="strong-link">
                      {toolkit.name}
                    </Link>
                    <p className="small soft">{toolkit.slug}</p>
                  </td>
                  <td>
                    <State toolkit={toolkit} />
                  </td>
                  <td className="number" data-label="Version">
                    {toolkit.version}
                  </td>
                  <td className="number" data-label="Operations">
                    {toolkit.operations}
                  </td>
                  <td data-label="Came by">{toolkit.bundled ? 'the product' : 'added here'}</td>
                  <td className="soft" data-label="Checked">
                    {toolkit.health.checkedAt ? <Time at={toolkit.health.checkedAt} now={now} /> : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrollable>
      )}
    </>
  )
}

function State({ toolkit: { enabled, health } }: { toolkit: ToolkitSummary }) {
  if (!enabled) return <Mark tone="mute" shape="slash" word="Disabled" />
  return (
    <>
      <HealthMark status={health.status} />
      {health.message && health.status !== 'healthy' && <p className="small soft">{health.message}</p>}
    </>
  )
}
