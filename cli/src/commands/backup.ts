import { Command } from 'commander'
import type { Context } from '../context.ts'
import { findDataDirectory } from '../server/data-directory.ts'
import { explainServerError } from '../server/explain-error.ts'
import { show } from '../view.ts'

interface Options {
  readonly dataDir?: string
  readonly json?: boolean
}

export function createBackupCommand(context: Context): Command {
  return new Command('backup')
    .description('Copy the built-in database into one file, also while the server runs.')
    .argument('<file>', 'the file to write; it must not exist')
    .option('--data-dir <path>', 'where the database is (TOOLBOX_DATA_DIR, else ./data)')
    .option('--json', 'print the result as JSON')
    .action(async (file: string, options: Options) => {
      const dataDirectory = findDataDirectory(context, options.dataDir)
      const { backupTo } = await import('@sre-toolbox/backend/backup')
      const done = await backupTo({ dataDirectory, target: file }).catch((error: unknown) => {
        throw explainServerError(error)
      })
      show(context, options, done, () =>
        [
          `Backed up to ${done.target} (${done.bytes} bytes).`,
          'Secrets in it are sealed: keep the master key of the data directory, apart from the backup.',
        ].join('\n'),
      )
    })
}
