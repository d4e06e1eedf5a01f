import { pino } from 'pino'
import { ConfigFaults, type Overrides, readConfig } from './compose/config.ts'
import { createEmbeddedApp } from './compose/embedded.ts'
import { ToolboxError } from './kernel/errors.ts'

const drainMs = 20_000

/**
 * Starts the server as the environment and the overrides say, and resolves when it was stopped by SIGTERM or SIGINT.
 * Throws `ConfigFaults` or a `ToolboxError` that say why it can't start.
 */
export async function serve(overrides: Overrides = {}): Promise<void> {
  const config = readConfig(process.env, overrides)
  const logger = pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { error: describeError },
    },
    pino.destination(2),
  )
  const stopped = untilSignal()
  const app = await createEmbeddedApp(config, logger)
  const administrator = await app.identity.bootstrap(config.bootstrapAdmin)
  const address = await app.start()
  say(greeting(config.publicUrl ?? address, administrator, config.dataDirectory))
  logger.info({ address, roles: config.roles }, 'ready')

  const signal = await stopped
  logger.info({ signal }, 'stopping; running work may end')
  say('Stopping. Running jobs may end; press Ctrl-C again to stop at once.')
  process.once('SIGINT', () => process.exit(130))
  await app.stop(drainMs)
  logger.info({}, 'stopped')
}

function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal))
  })
}

function greeting(
  address: string | null,
  administrator: { created: boolean; username: string; oneTimePassword?: string },
  dataDirectory: string,
): string {
  const lines = [
    address ? `SRE Toolbox is ready at ${address.replace('127.0.0.1', 'localhost')}` : 'The worker is ready.',
  ]
  lines.push(`  data      ${dataDirectory}`)
  if (administrator.created) {
    lines.push(`  sign in   ${administrator.username}`)
    lines.push(`  password  ${administrator.oneTimePassword ?? 'as in BOOTSTRAP_ADMIN_PASSWORD'}`)
    if (administrator.oneTimePassword) lines.push('            (shown this once: change it after signing in)')
  }
  return lines.join('\n')
}

/** For the person at the terminal; the log goes to standard error. */
function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** The cause is what an operator needs; a query's parameters or a request's body never are. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const code = error instanceof ToolboxError ? error.code : (error as NodeJS.ErrnoException).code
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

export { ConfigFaults }
