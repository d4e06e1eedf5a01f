import { Button, Modal, TextInput } from '@mantine/core'
import { verifyAudit } from '@sre-toolbox/contract/audit'
import type { OutputOf } from '@sre-toolbox/contract/operation'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { CopyText } from '../../components/CopyText.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { useApp } from '../../lib/app-context.ts'
import { duration, plural } from '../../lib/format.ts'
import { parseHead, writeHead } from './kept-head.ts'

type Verdict = OutputOf<typeof verifyAudit>

/** Checks every entry against the chain of hashes, and the chain against a head that was kept elsewhere. */
export function VerifyDialog({ onClose }: { onClose: () => void }) {
  const { api } = useApp()
  const [kept, setKept] = useState('')
  const head = parseHead(kept)
  const verify = useMutation({
    mutationFn: async () => {
      const began = performance.now()
      const verdict = await api.call(verifyAudit, head ? { headSeq: head.seq, headHash: head.hash } : {})
      return { verdict, against: head?.seq ?? null, tookMs: performance.now() - began }
    },
  })
  const unreadable = kept.trim() !== '' && head === null
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!unreadable) verify.mutate()
  }
  return (
    <Modal opened onClose={onClose} title="Verify the audit log" size="lg">
      <form className="stack" onSubmit={submit}>
        <p>
          Each entry carries a hash over itself and the one before it, so that an edit, a deletion or a swap
          breaks the chain. Only a head kept outside of this installation shows that the end was cut off, or
          that all of it was written anew.
        </p>
        <TextInput
          label="Head kept earlier"
          description="as this dialog or the last line of an export showed it: number, colon, hash"
          placeholder="1234:9f86d081…"
          spellCheck={false}
          value={kept}
          error={unreadable && 'Give the number of the entry, a colon, and the 64 characters of its hash.'}
          onChange={({ currentTarget }) => setKept(currentTarget.value)}
          data-autofocus
        />
        <div className="row">
          <Button type="submit" loading={verify.isPending}>
            Check every entry
          </Button>
          {verify.isPending && <span className="soft">Checking every entry. A long log takes a while…</span>}
        </div>
      </form>
      <div aria-live="polite">
        {verify.error && <p className="form-error verify-answer">{verify.error.message}</p>}
        {verify.data && <Answer {...verify.data} onClose={onClose} />}
      </div>
    </Modal>
  )
}

function Answer(props: { verdict: Verdict; against: number | null; tookMs: number; onClose: () => void }) {
  const { verdict, against, tookMs, onClose } = props
  const { intact, entries, head, faults } = verdict
  return (
    <section className="stack verify-answer" aria-label="What was found">
      <h2>
        {intact ? (
          <Mark tone="good" shape="check" word="The chain is intact" />
        ) : (
          <Mark tone="bad" shape="cross" word="The chain is broken" />
        )}
      </h2>
      <p>
        {plural(entries, 'entry', 'entries')} checked in {duration(tookMs)}
        {against !== null && intact && `, and entry ${against} is the one that was kept`}.
      </p>
      {!intact && (
        <>
          <ul className="verify-faults">
            {faults.map(({ seq, kind, message }) => (
              <li key={`${kind} ${seq}`}>
                <span className="tag tag-bad">{kind}</span> {message}{' '}
                {kind !== 'missing' && kind !== 'truncated' && (
                  <Link to={`?entry=${seq}`} onClick={onClose}>
                    Look at entry {seq}
                  </Link>
                )}
              </li>
            ))}
          </ul>
          <p>
            Somebody changed the database past the product, or it is damaged. Keep a copy as it is now, find
            out who could write to it, and compare with the last backup or export.
          </p>
        </>
      )}
      {head && (
        <div>
          <h3>Head to keep</h3>
          <CopyText text={writeHead(head)} what="head" />
          <p className="small soft">Keep it where nobody who can change this database can reach.</p>
        </div>
      )}
    </section>
  )
}
