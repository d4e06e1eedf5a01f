import type { Migration } from '../migrate.ts'

/** Who enabled or disabled a toolkit last, and why. */
export const toolkitSwitches: Migration = {
  name: '0012-toolkit-switches',
  up: () => [
    'alter table toolkits add column changed_by text',
    'alter table toolkits add column justification text',
  ],
}
