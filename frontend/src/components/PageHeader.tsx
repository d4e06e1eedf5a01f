import { Fragment, type ReactNode } from 'react'
import { Link } from 'react-router'
import './page-header.css'

export interface Crumb {
  readonly title: string
  readonly to: string
}

/** Title, where the page is, and what can be done here. */
export function PageHeader(props: {
  title: string
  /** Shown instead of the title, which still names the browser's tab. */
  heading?: ReactNode
  crumbs?: readonly Crumb[]
  note?: ReactNode
  actions?: ReactNode
}) {
  const { title, heading, crumbs = [], note, actions } = props
  return (
    <header className="page-header">
      <title>{`${title} · SRE Toolbox`}</title>
      <div className="page-header-words">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumbs" className="small soft">
            {crumbs.map((crumb, index) => (
              <Fragment key={crumb.to}>
                {index > 0 && <span aria-hidden="true"> / </span>}
                <Link to={crumb.to}>{crumb.title}</Link>
              </Fragment>
            ))}
          </nav>
        )}
        <h1>{heading ?? title}</h1>
        {note && <div className="soft">{note}</div>}
      </div>
      {actions && <div className="row wrap page-header-actions">{actions}</div>}
    </header>
  )
}
