import type { Job } from '@sre-toolbox/contract/jobs'
import { Scrollable } from '../../components/Scrollable.tsx'
import { Mark } from '../../components/StatusMark.tsx'
import { Empty } from '../../components/states.tsx'
import { TableHead } from '../../components/TableHead.tsx'
import { Time, Took } from '../../components/Time.tsx'
import { useNow } from '../../lib/use-now.ts'

const looks = {
  running: { word: 'Running', tone: 'run', shape: 'play' },
  succeeded: { word: 'Succeeded', tone: 'good', shape: 'check' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Cancelled', tone: 'mute', shape: 'slash' },
  interrupted: { word: 'Interrupted', tone: 'warn', shape: 'bang' },
  waiting: { word: 'Waited for a person', tone: 'warn', shape: 'hand' },
  lost: { word: 'Lost', tone: 'bad', shape: 'question' },
} as const

export function JobAttempts({ job }: { job: Job }) {
  const now = useNow(1000)
  if (job.attempts.length === 0)
    return <Empty title="No attempt yet">It starts when a worker takes it.</Empty>
  return (
    <Scrollable className="card table-card" aria-label="Attempts">
      <table>
        <TableHead columns={['Attempt', 'Outcome', 'Started', 'Took', 'Worker', 'Fencing token', 'Error']} />
        <tbody>
          {job.attempts.map(({ attempt, outcome, startedAt, endedAt, worker, fence, error }) => (
            <tr key={attempt}>
              <td className="number">{attempt}</td>
              <td>
                <Mark {...looks[outcome]} />
              </td>
              <td>
                <Time at={startedAt} now={now} />
              </td>
              <td>
                <Took from={startedAt} to={endedAt} now={now} />
              </td>
              <td>{worker}</td>
              <td className="number">{fence}</td>
              <td>{error?.message ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}
