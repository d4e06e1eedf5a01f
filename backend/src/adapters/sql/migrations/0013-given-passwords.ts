import type { Migration } from '../migrate.ts'

/** Whose password somebody else knows, so that they can be asked to replace it. Nobody is accused without proof. */
export const givenPasswords: Migration = {
  name: '0013-given-passwords',
  up: () => ['alter table users add column password_given integer not null default 0'],
}
