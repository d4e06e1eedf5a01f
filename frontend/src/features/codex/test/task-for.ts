import type { BacklogTask } from '@sre-toolbox/contract/codex/backlog'

/** A task of the backlog with nothing special about it but what is given. */
export function taskFor(address: string, fields: Partial<BacklogTask> = {}): BacklogTask {
  const [area = '', id = ''] = address.split('/')
  return {
    task: address,
    area,
    id,
    title: id,
    status: 'backlog',
    priority: 'medium',
    ownPriority: null,
    notes: '',
    blockers: [],
    dependsOn: [],
    added: null,
    line: 1,
    claim: null,
    ...fields,
  }
}
