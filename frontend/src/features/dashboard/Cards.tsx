import type { CardContent, DashboardCard } from '@sre-toolbox/contract/dashboard'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { HealthMark } from '../../components/StatusMark.tsx'
import { TickingTime } from '../../components/Time.tsx'

/** What toolkits put on the dashboard. */
export function Cards({ cards }: { cards: readonly DashboardCard[] }) {
  return (
    <div className="dashboard-cards">
      {cards.map((card) => (
        <Card key={`${card.toolkit} ${card.card}`} card={card} />
      ))}
    </div>
  )
}

function Card({ card: { toolkit, toolkitName, title, content, fault } }: { card: DashboardCard }) {
  return (
    <section className="card toolkit-card" aria-label={title}>
      <header className="list-header">
        <h2>{title}</h2>
        <Link to={`/toolkits/${toolkit}`}>{toolkitName}</Link>
      </header>
      {content ? (
        <Content toolkit={toolkit} content={content} />
      ) : (
        <p className="dashboard-none soft">
          {fault === null ? 'Its toolkit starts; the card follows.' : `It can't be shown: ${fault}`}
        </p>
      )}
    </section>
  )
}

function Content({ toolkit, content }: { toolkit: string; content: CardContent }) {
  const { status, headline, rows } = content
  return (
    <>
      <p className="card-headline">
        {status !== 'unknown' && <HealthMark status={status} alone />} {headline}
      </p>
      <ul className="list-rows card-rows">
        {rows.map((row) => (
          <li key={row.label}>
            <Row toolkit={toolkit} jobId={row.jobId}>
              {row.status && <HealthMark status={row.status} alone />}
              <b className="cut card-label" title={row.label}>
                {row.label}
              </b>
              <span className="cut soft" title={row.value}>
                {row.value}
              </span>
              {row.at && (
                <span className="push soft">
                  <TickingTime at={row.at} />
                </span>
              )}
            </Row>
          </li>
        ))}
      </ul>
    </>
  )
}

/** What is no job is shown on its toolkit's page, to which Tab comes by the card's head. */
function Row(props: { toolkit: string; jobId: string | undefined; children: ReactNode }) {
  const { toolkit, jobId, children } = props
  if (jobId === undefined) {
    return (
      <Link to={`/toolkits/${toolkit}`} tabIndex={-1} className="list-row">
        {children}
      </Link>
    )
  }
  return (
    <Link to={`/jobs/${jobId}`} className="list-row">
      {children}
    </Link>
  )
}
