import { readConfig } from '../../backend/src/compose/config.ts'
import { createEmbeddedApp } from '../../backend/src/compose/embedded.ts'
import { type Api, bearer, cookie, createApi, makeToken, signIn } from './api.ts'
import { temporaryDirectory } from './temporary.ts'

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: object
  readonly text: string
}

/** The whole product, and a superuser who is signed in. */
export interface Toolbox extends AsyncDisposable {
  readonly address: string
  readonly dataDirectory: string
  /** Asks as the superuser, by token. */
  readonly api: Api
  /** Asks as nobody. */
  readonly anyone: Api
  /** The superuser's session, as a Cookie header. */
  readonly session: string
  readonly logged: readonly LogLine[]
}

export const superuser = { username: 'root', password: 'correct horse battery staple' }

/** Starts the product in this process on a free port, with a data directory that goes away with it. */
export async function startToolbox(
  options: { settings?: Readonly<Record<string, string>> } = {},
): Promise<Toolbox> {
  const directory = await temporaryDirectory()
  const logged: LogLine[] = []
  const log = (level: LogLine['level']) => (fields: object, text: string) => {
    logged.push({ level, fields, text })
  }
  const config = readConfig(
    { port: 0, dataDirectory: directory.path },
    { LOG_LEVEL: 'debug', ...options.settings },
  )
  const app = await createEmbeddedApp(
    config,
    { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    { checkOutputs: true },
  )
  await app.identity.bootstrap(superuser)
  const address = await app.start()
  if (address === null) throw new Error('the settings leave the API out')
  const anyone = createApi(() => address)
  const session = await signIn(anyone, superuser.username, superuser.password)
  return {
    address,
    dataDirectory: directory.path,
    api: anyone.as(bearer(await makeToken(anyone.as(cookie(session))))),
    anyone,
    session,
    logged,
    async [Symbol.asyncDispose]() {
      await app.stop(0)
      await directory[Symbol.asyncDispose]()
    },
  }
}
