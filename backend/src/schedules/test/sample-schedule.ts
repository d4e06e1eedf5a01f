import type { Schedule } from '../schedule.ts'

export function sampleSchedule(differs: Partial<Schedule> = {}): Schedule {
  return {
    id: '00000000-0000-7000-8000-000000000001',
    name: 'Every minute',
    toolkit: 'demo',
    operation: 'work',
    input: { n: 1 },
    timing: { kind: 'interval', everySeconds: 60 },
    anchorAt: 0,
    overlap: 'skip',
    missed: 'run_late',
    priority: 0,
    runsAs: { id: 'user-1', name: 'ada', token: null, tokenId: null },
    paused: null,
    nextRunAt: 60_000,
    lastRun: null,
    lastMissed: null,
    createdAt: 0,
    updatedAt: 0,
    version: 1,
    ...differs,
  }
}
