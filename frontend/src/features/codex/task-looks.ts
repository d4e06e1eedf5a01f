import type { TaskPriority, TaskStatus } from '@sre-toolbox/contract/codex/common'
import type { Shape, Tone } from '../../lib/job-status.ts'

export const statusLooks: Readonly<Record<TaskStatus, { word: string; tone: Tone; shape: Shape }>> = {
  backlog: { word: 'Backlog', tone: 'mute', shape: 'dots' },
  in_progress: { word: 'In progress', tone: 'run', shape: 'play' },
  blocked: { word: 'Blocked', tone: 'bad', shape: 'hand' },
  done: { word: 'Done', tone: 'good', shape: 'check' },
}

export const priorityLooks: Readonly<Record<TaskPriority, { word: string; tone: Tone; bars: number }>> = {
  critical: { word: 'Critical', tone: 'bad', bars: 4 },
  high: { word: 'High', tone: 'warn', bars: 3 },
  medium: { word: 'Medium', tone: 'run', bars: 2 },
  low: { word: 'Low', tone: 'mute', bars: 1 },
}
