import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { type Ended, type RunOptions, runToolbox, toolboxBin } from './run-toolbox.ts'

export const administrator = { username: 'ada', password: 'correct horse battery staple' }

export interface RealToolbox extends AsyncDisposable {
  readonly url: string
  readonly dataDirectory: string
  /** Where this test's sign-in is kept. */
  readonly configDirectory: string
  /** Runs the command against this server, signed in or not. */
  toolbox(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** Asks the API itself as who signed in last, without the command's help. */
  get(path: string): Promise<unknown>
  /** Signs in with a password, as a person would. */
  signIn(username?: string, password?: string): Promise<Ended>
}

/** A server started by `toolbox serve`, with everything it keeps in a directory that goes away with it. */
export async function startRealToolbox(): Promise<RealToolbox> {
  const directory = await temporaryDirectory()
  const configDirectory = `${directory.path}/config`
  const dataDirectory = `${directory.path}/data`
  const child = spawn(process.execPath, [toolboxBin, 'serve', '--port', '0', '--data-dir', dataDirectory], {
    env: {
      BOOTSTRAP_ADMIN_USERNAME: administrator.username,
      BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let said = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk
        const address = /ready at (http:\/\/\S+)/.exec(said)?.[1]
        if (address) resolve(address)
      })
    }
    child.once('exit', () => reject(new Error(`the server ended before it was ready: ${said}`)))
  })
  const toolbox = (args: readonly string[], options: RunOptions = {}) =>
    runToolbox(args, {
      ...options,
      env: { TOOLBOX_URL: url, XDG_CONFIG_HOME: configDirectory, ...options.env },
    })
  return {
    url,
    dataDirectory,
    configDirectory,
    toolbox,
    async get(path) {
      const saved = JSON.parse(await readFile(`${configDirectory}/sre-toolbox/credentials.json`, 'utf8'))
      const headers = { authorization: `Bearer ${saved.tokens[url].token}` }
      return (await fetch(`${url}/api${path}`, { headers })).json()
    },
    signIn: (username = administrator.username, password = administrator.password) =>
      toolbox(['login', '--username', username, '--password-stdin'], { input: `${password}\n` }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      await directory[Symbol.asyncDispose]()
    },
  }
}
