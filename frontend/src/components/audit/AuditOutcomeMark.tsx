import type { AuditEntry } from '@sre-toolbox/contract/audit'
import type { Shape, Tone } from '../../lib/job-status.ts'
import { Mark } from '../StatusMark.tsx'

export const auditOutcomeLooks: Readonly<
  Record<AuditEntry['outcome'], { word: string; tone: Tone; shape: Shape }>
> = {
  started: { word: 'Started', tone: 'mute', shape: 'play' },
  succeeded: { word: 'Succeeded', tone: 'good', shape: 'check' },
  accepted: { word: 'Went on as a job', tone: 'run', shape: 'dots' },
  refused: { word: 'Refused', tone: 'warn', shape: 'hand' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
}

export function AuditOutcomeMark({ outcome }: { outcome: AuditEntry['outcome'] }) {
  return <Mark {...auditOutcomeLooks[outcome]} />
}
