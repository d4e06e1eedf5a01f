import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
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

/** What happened, its code, and a way on. */
export function Failure(props: { error: Error; what: string; retry?: () => void; wholePage?: boolean }) {
  const { error, what, retry, wholePage } = props
  const Heading = wholePage ? 'h1' : 'h2'
  return (
    <div className="state" role="alert">
      <Heading>{what}</Heading>
      <p>{error.message}</p>
      <p className="small soft">
        Code <code>{error instanceof ApiError ? error.code : error.name}</code>
      </p>
      {retry && (
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  )
}
