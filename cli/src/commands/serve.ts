import { Command } from 'commander'
import { parseInteger } from '../api-options.ts'
import type { Context } from '../context.ts'
import { runServer } from '../server/run-server.ts'

interface Options {
  readonly port?: number
  readonly host?: string
  readonly dataDir?: string
  readonly roles?: string
}

export function createServeCommand(_context: Context): Command {
  return new Command('serve')
    .description('Start the server; it runs until Ctrl-C or SIGTERM. Options win over the environment.')
    .option('--port <n>', 'the port to listen on; 0 takes a free one (PORT, else 8080)', parseInteger)
    .option('--host <address>', 'the address to listen on (HOST, else 127.0.0.1)')
    .option('--data-dir <path>', 'where everything is kept (TOOLBOX_DATA_DIR, else ./data)')
    .option('--roles <roles>', 'what this process does (TOOLBOX_ROLES, else api,worker)')
    .action((options: Options) =>
      runServer({
        port: options.port,
        host: options.host,
        dataDirectory: options.dataDir,
        roles: options.roles?.split(','),
      }),
    )
}
