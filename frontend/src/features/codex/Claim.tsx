import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { UserRound } from 'lucide-react'
import { duration, exactTime } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

/** Who holds a task, and for how long yet. */
export function Claim({ claim }: { claim: NonNullable<BacklogTask['claim']> }) {
  const live = useIsLive(claim)
  return (
    <span className={live ? 'claim' : 'claim claim-ended'}>
      <UserRound size={12} aria-hidden="true" />
      {claim.actor}
      <LeaseLeft until={claim.until} />
    </span>
  )
}

/** Whether the lease still runs: it ends without anybody changing a file. */
export function useIsLive(claim: { readonly until: string } | null): boolean {
  const now = useNow(1000)
  return claim !== null && Date.parse(claim.until) > now
}

export function LeaseLeft({ until }: { until: string }) {
  const left = Date.parse(until) - useNow(1000)
  return (
    <time dateTime={until} title={`until ${exactTime(until)}`} className="number">
      {left > 0 ? `${duration(left)} left` : 'lease ended'}
    </time>
  )
}
