import { wrongUsage } from '../command-error.ts'
import type { Context } from '../context.ts'

/** Where the built-in database is kept. Refuses where the data is in PostgreSQL, which has tools of its own. */
export function findDataDirectory(context: Context, given: string | undefined): string {
  if (given === undefined && context.env.DATABASE_URL) {
    throw wrongUsage(
      'DATABASE_URL is set: the data is in PostgreSQL. Use pg_dump and pg_restore, or name a directory by --data-dir.',
    )
  }
  return given ?? (context.env.TOOLBOX_DATA_DIR || './data')
}
