import { activeStatuses, type JobStatus } from '@sre-toolbox/contract/jobs'

export type Tone = 'good' | 'run' | 'warn' | 'bad' | 'mute'
export type Shape = 'check' | 'cross' | 'play' | 'clock' | 'dots' | 'slash' | 'question' | 'hand' | 'bang'

/** Each status by colour, shape and word. */
export const jobStatusLooks: Readonly<Record<JobStatus, { word: string; tone: Tone; shape: Shape }>> = {
  scheduled: { word: 'Scheduled', tone: 'mute', shape: 'clock' },
  waiting_approval: { word: 'Needs approval', tone: 'warn', shape: 'hand' },
  queued: { word: 'Queued', tone: 'mute', shape: 'dots' },
  running: { word: 'Running', tone: 'run', shape: 'play' },
  cancelling: { word: 'Cancelling', tone: 'warn', shape: 'slash' },
  succeeded: { word: 'Succeeded', tone: 'good', shape: 'check' },
  failed: { word: 'Failed', tone: 'bad', shape: 'cross' },
  cancelled: { word: 'Cancelled', tone: 'mute', shape: 'slash' },
  lost: { word: 'Lost', tone: 'bad', shape: 'question' },
}

export const isActive = (status: JobStatus): boolean =>
  (activeStatuses as readonly JobStatus[]).includes(status)
