import { Command } from 'commander'
import type { Context } from '../context.ts'
import { runServer } from '../server/run-server.ts'

export function createWorkerCommand(_context: Context): Command {
  return new Command('worker')
    .description('Start a process that runs jobs and answers no requests; it runs until Ctrl-C or SIGTERM.')
    .option('--data-dir <path>', 'where everything is kept (TOOLBOX_DATA_DIR, else ./data)')
    .action((options: { dataDir?: string }) =>
      runServer({ dataDirectory: options.dataDir, roles: ['worker'] }),
    )
}
