import { beginRun, type TaskDefinition } from '@sre-toolbox/codex/runbooks'
import type { Run } from '../ports.ts'

const task: TaskDefinition = {
  slug: 'audit',
  title: 'Audit ü "quoted"',
  group: 'toolkits',
  persona: 'toolkit-curator',
  routes: ['/'],
  inputs: {},
  steps: [
    {
      id: 'list',
      title: 'List',
      operation: 'toolkits.list',
      input: {},
      when: [],
      mayFail: false,
      expect: [],
      capture: [],
    },
  ],
  success: [],
}

/** A run that has just begun, as a store is to keep it; `made` numbers it. */
export function keptRun(made: number, differs: Partial<Run> = {}, of: Partial<TaskDefinition> = {}): Run {
  const id = `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`
  const now = new Date(made)
  return {
    id,
    workspaceId: null,
    requestedBy: { id: 'u', name: 'ada' },
    confirmed: ['list'],
    createdAt: made,
    journalled: false,
    journalRefusal: null,
    state: beginRun({ ...task, ...of }, { id, inputs: { n: 1 }, toolbox: 'here', actor: 'ada', now }),
    ...differs,
  }
}
