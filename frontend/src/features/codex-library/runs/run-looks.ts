import type { RunReport, RunStep, RunSummary } from '@sre-toolbox/contract/codex-runs'
import type { Shape, Tone } from '../../../lib/job-status.ts'

interface Look {
  readonly word: string
  readonly tone: Tone
  readonly shape: Shape
}

export const outcomeLooks: Readonly<Record<RunSummary['outcome'], Look>> = {
  running: { word: 'Running', tone: 'run', shape: 'play' },
  waiting: { word: 'Waits for a person', tone: 'warn', shape: 'hand' },
  succeeded: { word: 'Succeeded', tone: 'good', shape: 'check' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  refused: { word: 'Refused', tone: 'bad', shape: 'slash' },
  rejected: { word: 'Rejected', tone: 'warn', shape: 'slash' },
  cancelled: { word: 'Cancelled', tone: 'mute', shape: 'slash' },
}

export const stepLooks: Readonly<Record<RunStep['status'], Look>> = {
  pending: { word: 'To come', tone: 'mute', shape: 'dots' },
  running: { word: 'Running', tone: 'run', shape: 'play' },
  waiting: { word: 'Waits for a person', tone: 'warn', shape: 'hand' },
  succeeded: { word: 'Done', tone: 'good', shape: 'check' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  refused: { word: 'Refused', tone: 'bad', shape: 'slash' },
  skipped: { word: 'Skipped', tone: 'mute', shape: 'slash' },
}

/** A step that was to come when the run ended. */
export const notReached: Look = { word: 'Not reached', tone: 'mute', shape: 'slash' }

export const verdictLooks: Readonly<Record<RunReport['guardrails'][number]['verdict'], Look>> = {
  held: { word: 'Held', tone: 'good', shape: 'check' },
  broken: { word: 'Broken', tone: 'bad', shape: 'cross' },
  not_concerned: { word: 'Not concerned', tone: 'mute', shape: 'slash' },
  for_people: { word: 'For people to judge', tone: 'mute', shape: 'question' },
}

export const metLook = (met: boolean | null): Look => {
  if (met === null) return { word: 'Not known', tone: 'mute', shape: 'question' }
  return met
    ? { word: 'Met', tone: 'good', shape: 'check' }
    : { word: 'Not met', tone: 'bad', shape: 'cross' }
}
