import { useQuery } from '@tanstack/react-query'
import { GitBranch } from 'lucide-react'
import { useApp } from '../../lib/app-context.ts'
import { plural } from '../../lib/format.ts'
import { workspaceQuery } from './codex-queries.ts'

/** Branch, commit and how many files are changed in the checkout. */
export function CheckoutFacts({ workspaceId }: { workspaceId: string }) {
  const { api } = useApp()
  const { data } = useQuery(workspaceQuery(api, workspaceId))
  if (!data) return null
  if (data.checkoutFault) return <span className="soft small">{data.checkoutFault}</span>
  if (!data.checkout) return <span className="soft small">not under git</span>
  const { branch, commit, changedFiles } = data.checkout
  return (
    <span className="row checkout-facts small soft">
      <GitBranch size={13} aria-hidden="true" />
      <span className="mono">{branch ?? 'no branch'}</span>
      {commit && (
        <span className="mono" title={commit}>
          {commit.slice(0, 8)}
        </span>
      )}
      <span className={changedFiles > 0 ? 'checkout-changed' : undefined}>
        {changedFiles > 0 ? plural(changedFiles, 'changed file') : 'nothing changed'}
      </span>
    </span>
  )
}
