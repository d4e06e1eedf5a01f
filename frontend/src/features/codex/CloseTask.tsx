import { Modal, TextInput } from '@mantine/core'
import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'
import { startTask } from '@sre-toolbox/contract/codex/sessions'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useApp, useUser } from '../../lib/app-context.ts'
import { LeaseLeft, useIsLive } from './Claim.tsx'
import { ClaimTask } from './ClaimTask.tsx'
import { DoneForm } from './DoneForm.tsx'
import { WhyItWaits } from './WhyItWaits.tsx'

/** Closes a task from the backlog. One that nobody holds is claimed for it first. */
export function CloseTask(props: { task: BacklogTask; waits: readonly string[]; onClose: () => void }) {
  const { task, waits, onClose } = props
  const { username } = useUser()
  const live = useIsLive(task.claim)
  const [claimed, setClaimed] = useState<string | null>(null)
  const own = claimed ?? (task.claim?.actor === username ? task.claim.session : null)
  return (
    <Modal opened centered size="lg" onClose={onClose} title={`Close ${task.title}`}>
      {own === null && task.claim && live ? (
        <div className="stack">
          <p>
            <b>{task.claim.actor} holds it</b>, for <LeaseLeft until={task.claim.until} />. It is theirs to
            close; take it over if they are away.
          </p>
          <div>
            <ClaimTask task={task} />
          </div>
        </div>
      ) : (
        <Close task={task} own={own} waits={waits} onClaimed={setClaimed} onClose={onClose} />
      )}
    </Modal>
  )
}

function Close(props: {
  task: BacklogTask
  own: string | null
  waits: readonly string[]
  onClaimed: (session: string) => void
  onClose: () => void
}) {
  const { task, own, waits, onClaimed, onClose } = props
  const { api } = useApp()
  const { workspaceId = '' } = useParams()
  const [why, setWhy] = useState('')
  const given = why.trim()
  const isHeldUp = own === null && waits.length > 0
  async function session() {
    if (own !== null) return own
    const claim = { workspaceId, task: task.task, ...(given && { why: given }) }
    const { session } = await api.call(startTask, { ...claim, force: isHeldUp })
    onClaimed(session.id)
    return session.id
  }
  return (
    <DoneForm session={session} disabled={isHeldUp && given === ''} onDone={onClose}>
      {own === null && (
        <p className="soft">
          Nobody holds it: it is claimed for you and closed. Should closing be refused, you hold it.
        </p>
      )}
      {isHeldUp && (
        <>
          <WhyItWaits waits={waits} />
          <TextInput
            label="Why it is done all the same"
            description="one line, for the journal"
            required
            maxLength={500}
            value={why}
            onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          />
        </>
      )}
    </DoneForm>
  )
}
