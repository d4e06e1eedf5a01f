import { Button } from '@mantine/core'
import { useState } from 'react'
import { Empty } from '../../components/states.tsx'
import { useUser } from '../../lib/app-context.ts'
import { may } from '../../lib/may.ts'
import { AddWorkspace } from './AddWorkspace.tsx'

export function NoWorkspaces() {
  const user = useUser()
  const [adding, setAdding] = useState(false)
  return (
    <div className="card">
      <Empty title="No workspace is registered">
        <p>
          A workspace is a git repository on this server that keeps its backlog in <code>docs/TODO.yaml</code>{' '}
          and its memory in <code>ai/state/</code>. People and agents choose, claim and close tasks there;
          here it is seen and steered.
        </p>
        {may(user, 'superuser') ? (
          <Button mt="sm" onClick={() => setAdding(true)}>
            Register a workspace…
          </Button>
        ) : (
          <p>Ask a superuser to register one.</p>
        )}
      </Empty>
      {adding && <AddWorkspace onClose={() => setAdding(false)} />}
    </div>
  )
}
