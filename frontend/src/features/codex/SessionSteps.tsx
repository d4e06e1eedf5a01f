import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { MarkdownText } from '../../components/markdown/MarkdownText.tsx'
import { Failure, Loading } from '../../components/states.tsx'
import { Time } from '../../components/Time.tsx'
import { useApp } from '../../lib/app-context.ts'
import { useNow } from '../../lib/use-now.ts'
import { sessionQuery } from './codex-queries.ts'

const words: Readonly<Record<string, string>> = {
  opened: 'Begun',
  noted: 'Noted',
  renewed: 'Renewed',
  paused: 'Paused',
  resumed: 'Resumed',
  handed_over: 'Handed over',
  finished: 'Ended',
  released: 'Given back',
  blocked: 'Blocked',
  done: 'Done',
}
const said = ['text', 'why', 'missing', 'lesson'] as const

/** What was done in a session, the latest first. */
export function SessionSteps({ sessionId }: { sessionId: string }) {
  const { workspaceId = '' } = useParams()
  const { api } = useApp()
  const now = useNow(10_000)
  const { data, error, refetch } = useQuery(sessionQuery(api, workspaceId, sessionId))
  if (error && !data)
    return <Failure error={error} what="The steps can't be shown" retry={() => void refetch()} />
  if (!data) return <Loading what="the steps" lines={3} />
  return (
    <section aria-label="Steps">
      <h3>Steps</h3>
      <ol className="session-steps">
        {data.events.toReversed().map((event) => {
          const text = said.map((field) => event[field]).find((value) => typeof value === 'string')
          return (
            <li key={event.seq}>
              <span className="small soft">
                {words[event.type] ?? event.type} <Time at={event.at} now={now} />
              </span>
              {typeof text === 'string' && <MarkdownText text={text} />}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
