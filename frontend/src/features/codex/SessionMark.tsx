import type { CodexSession } from '@sre-toolbox/contract/codex/sessions'
import { Mark } from '../../components/StatusMark.tsx'

const looks = {
  active: { word: 'Active', tone: 'run', shape: 'play' },
  paused: { word: 'Paused', tone: 'warn', shape: 'clock' },
  handed_over: { word: 'Handed over', tone: 'mute', shape: 'hand' },
  finished: { word: 'Finished', tone: 'mute', shape: 'check' },
  released: { word: 'Released', tone: 'mute', shape: 'slash' },
  blocked: { word: 'Blocked', tone: 'bad', shape: 'hand' },
  done: { word: 'Done', tone: 'good', shape: 'check' },
} as const

export function SessionMark({
  session,
}: {
  session: Pick<CodexSession, 'state' | 'leaseEnded' | 'takenOverBy'>
}) {
  if (session.takenOverBy !== null) return <Mark word="Taken over" tone="warn" shape="hand" />
  if (session.leaseEnded) return <Mark word="Lease ended" tone="warn" shape="bang" />
  return <Mark {...looks[session.state]} />
}
