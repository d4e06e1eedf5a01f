import { Button } from '@mantine/core'
import type { Finding } from '@sre-toolbox/contract/codex/common'
import type { ApiError } from '../../lib/api.ts'
import { Findings } from './Findings.tsx'

/** Instead of the backlog, while its file can't be read: what is wrong, where, and no way to edit it from here. */
export function MalformedBacklog({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const findings = error.details.findings as readonly Finding[]
  return (
    <section className="card pad stack malformed" role="alert" aria-labelledby="malformed-backlog">
      <h2 id="malformed-backlog">The backlog can't be read until its file is mended</h2>
      <Findings findings={findings} />
      <p className="soft">
        Nothing is edited from here before that: an edit of a file that can't be read would guess. It shows
        again by itself once the file is saved in order.
      </p>
      <div>
        <Button variant="default" onClick={onRetry}>
          Read it again
        </Button>
      </div>
    </section>
  )
}
