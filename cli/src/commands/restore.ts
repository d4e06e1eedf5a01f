import { Command } from 'commander'
import type { Context } from '../context.ts'
import { findDataDirectory } from '../server/data-directory.ts'
import { explainServerError } from '../server/explain-error.ts'
import { show } from '../view.ts'

interface Options {
  readonly dataDir?: string
  readonly force?: boolean
  readonly json?: boolean
}

export function createRestoreCommand(context: Context): Command {
  return new Command('restore')
    .description('Put a backup in place of the built-in database. The server must be stopped.')
    .argument('<file>', 'the backup')
    .option('--data-dir <path>', 'where the database goes (TOOLBOX_DATA_DIR, else ./data)')
    .option('--force', 'set a database that is there aside, and restore over it')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: Options) => {
      const dataDirectory = findDataDirectory(context, options.dataDir)
      const { restoreFrom } = await import('@sre-toolbox/backend/backup')
      const force = options.force ?? false
      const done = await restoreFrom({ dataDirectory, source: file, force }).catch((error: unknown) => {
        throw explainServerError(error)
      })
      show(context, options, done, () =>
        [
          `Restored ${file} into ${dataDirectory}.`,
          done.replaced
            ? `What was there is kept as ${done.replaced}.`
            : 'Start the server with `toolbox serve`.',
        ].join('\n'),
      )
    })
}
