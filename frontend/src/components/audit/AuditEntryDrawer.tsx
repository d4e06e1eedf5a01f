import { Button, Drawer } from '@mantine/core'
import { type AuditEntry, getAuditEntry } from '@sre-toolbox/contract/audit'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronUp } from 'lucide-react'
import { Link } from 'react-router'
import { useApp } from '../../lib/app-context.ts'
import { exactTime } from '../../lib/format.ts'
import { CopyText } from '../CopyText.tsx'
import { Fact } from '../Fact.tsx'
import { JsonView } from '../JsonView.tsx'
import { EffectTag } from '../StatusMark.tsx'
import { Failure, Loading } from '../states.tsx'
import { AuditActor } from './AuditActor.tsx'
import { AuditOutcomeMark } from './AuditOutcomeMark.tsx'

/** One entry with all it holds, and its place in the chain. */
export function AuditEntryDrawer(props: { seq: number; onShow: (seq: number) => void; onClose: () => void }) {
  const { seq, onShow, onClose } = props
  const { api } = useApp()
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'entry', seq],
    queryFn: ({ signal }) => api.call(getAuditEntry, { seq }, { signal }),
  })
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={`Audit entry ${seq}`}>
      {error ? (
        <Failure error={error} what="This entry can't be shown" retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="the entry" lines={10} />
      ) : (
        <div className="stack">
          <Facts entry={data.entry} />
          <section className="stack" aria-label="Input">
            <h2>Input</h2>
            <JsonView value={data.entry.input} label="Input, with secrets removed" />
          </section>
          <section className="stack" aria-label="Place in the chain">
            <h2>Place in the chain</h2>
            <dl className="facts">
              <Fact name="Before it">
                {data.previous ? <Neighbour link={data.previous} /> : 'nothing: the log begins here'}
              </Fact>
              <Fact name="Its hash">
                <CopyText text={data.entry.hash} what="hash" />
              </Fact>
              <Fact name="After it">
                {data.next ? <Neighbour link={data.next} /> : 'nothing yet: it is the newest'}
              </Fact>
            </dl>
            <p className="small soft">
              The hash is SHA-256 over the hash before it, a line feed, and the entry as the export has it.
            </p>
            <div className="row">
              <Button
                variant="default"
                disabled={!data.next}
                leftSection={<ChevronUp size={14} />}
                onClick={() => onShow(seq + 1)}
              >
                Newer
              </Button>
              <Button
                variant="default"
                disabled={!data.previous}
                leftSection={<ChevronDown size={14} />}
                onClick={() => onShow(seq - 1)}
              >
                Older
              </Button>
            </div>
          </section>
        </div>
      )}
    </Drawer>
  )
}

function Facts({ entry }: { entry: AuditEntry }) {
  const { actor, at, operation, effect, outcome, code, detail, jobId, address, requestId } = entry
  return (
    <dl className="facts">
      <Fact name="When">
        <time dateTime={at} className="number">
          {exactTime(at)}
        </time>
      </Fact>
      <Fact name="Who">
        <AuditActor actor={actor} />
      </Fact>
      <Fact name="Did">
        <span className="row wrap">
          <code>{operation}</code> <EffectTag effect={effect} />
        </span>
      </Fact>
      <Fact name="Outcome">
        <span className="row wrap">
          <AuditOutcomeMark outcome={outcome} /> {code && <code>{code}</code>}
        </span>
      </Fact>
      {detail && <Fact name="Detail">{detail}</Fact>}
      {jobId && (
        <Fact name="Job">
          <Link to={`/jobs/${jobId}`} className="mono">
            {jobId}
          </Link>
        </Fact>
      )}
      <Fact name="From">{address ?? 'the product itself'}</Fact>
      {requestId && (
        <Fact name="Request">
          <CopyText text={requestId} what="request id" />
        </Fact>
      )}
    </dl>
  )
}

function Neighbour({ link }: { link: { seq: number; hash: string } }) {
  return (
    <>
      <span className="number">{link.seq}</span>{' '}
      <CopyText text={link.hash} what={`hash of entry ${link.seq}`} />
    </>
  )
}
