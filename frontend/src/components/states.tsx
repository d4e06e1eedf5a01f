import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { ApiError } from '../lib/api.ts'
import './states.css'

/** Lines where the content will be. */
export function Loading({ lines = 6, what }: { lines?: number; what: string }) {
  return (
    <div className="loading" role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: lines }, (_, index) => `${92 - ((index * 17) % 40) - index / 100}%`).map(
        (width) => (
          <Skeleton key={width} height={14} width={width} />
        ),
      )}
    </div>
  )
}

/** Nothing is here, and what to do first. */
export function Empty(props: { title: string; children?: ReactNode; wholePage?: boolean }) {
  const { title, children, wholePage } = props
  const Heading = wholePage ? 'h1' : 'h2'
  return (
    <div className="state">
      <Heading>{title}</Heading>
      {children && <div className="soft">{children}</div>}
    </div>
  )
}

/** What happened, its code, and a way on: `back` leads from a page whose address names nothing. */
export function Failure(props: {
  error: Error
  what: string
  retry?: () => void
  wholePage?: boolean
  back?: { title: string; to: string }
}) {
  const { error, what, retry, wholePage, back } = props
  const Heading = wholePage ? 'h1' : 'h2'
  const code = error instanceof ApiError ? error.code : error.name
  const addressed = wholePage && back !== undefined
  const malformed = addressed && code === 'validation_failed'
  const lost = malformed || (addressed && code === 'not_found')
  return (
    <div className="state" role="alert">
      <Heading>{what}</Heading>
      <p>{malformed ? 'Its address is not whole, or not right.' : error.message}</p>
      <p className="small soft">
        Code <code>{code}</code>
      </p>
      {retry && !lost && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
      {lost && (
        <Button size="xs" variant="default" component={Link} to={back.to}>
          {back.title}
        </Button>
      )}
    </div>
  )
}
