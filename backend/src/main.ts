import { pino } from 'pino'
import type { App } from './compose/app.ts'
import { type Config, type Overrides, readConfig } from './compose/config.ts'
import { createEmbeddedApp } from './compose/embedded.ts'
import { giveBackSpareMemory } from './compose/spare-memory.ts'
import { ToolboxError } from './kernel/errors.ts'

/** With the grace period of a cancellation behind it, still below the 30 s that schedulers give a process to end. */
const drainMs = 15_000

/**
 * Starts the server as the environment and the overrides say, and resolves when it was stopped by SIGTERM or SIGINT.
 * Throws `ConfigFaults` or a `ToolboxError` that say why it can't start.
 */
export async function serve(overrides: Overrides = {}): Promise<void> {
  const config = readConfig(overrides)
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
  process.removeAllListeners('warning')
  process.on('warning', (warning) => logger.debug({ error: warning }, 'a warning of the runtime'))
  const stop = onSignals()
  const app = await createEmbeddedApp(config, logger)
  const { administrator, address } = await begin(app, config).catch(async (error: unknown) => {
    await app.stop(0)
    throw error
  })
  say(greeting(config.publicUrl ?? address, administrator, config.dataDirectory))
  logger.info({ address, roles: config.roles }, 'ready')
  const stopGivingBack = giveBackSpareMemory()

  const signal = await stop.asked
  logger.info({ signal }, 'stopping; running work may end')
  say('Stopping. Running jobs may end; press Ctrl-C again to stop at once.')
  stopGivingBack()
  await app.stop(drainMs)
  stop.release()
  logger.info({}, 'stopped')
}

async function begin(app: App, config: Config) {
  const administrator = await app.identity.bootstrap(config.bootstrapAdmin)
  return { administrator, address: await app.start() }
}

/** A terminal and the tools in between may each send the same Ctrl-C: only one that comes later is a second one. */
const sameSignalMs = 500

function onSignals(): { asked: Promise<NodeJS.Signals>; release(): void } {
  const signals = ['SIGTERM', 'SIGINT'] as const
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let firstAt: number | null = null
  const listener = (signal: NodeJS.Signals) => {
    firstAt ??= Date.now()
    if (Date.now() - firstAt > sameSignalMs) process.exit(130)
    resolve(signal)
  }
  for (const signal of signals) process.on(signal, listener)
  return {
    asked: promise,
    release() {
      for (const signal of signals) process.off(signal, listener)
    },
  }
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
