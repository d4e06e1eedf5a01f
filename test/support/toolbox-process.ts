import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Api, bearer, cookie, createApi, makeToken, signIn } from './api.ts'
import { temporaryDirectory } from './temporary.ts'
import { superuser } from './toolbox.ts'

const command = join(import.meta.dirname, '../../cli/bin/toolbox.js')
const startWithinMs = 20_000

export interface ToolboxOptions {
  /** Environment variables of the product. */
  readonly settings?: Readonly<Record<string, string>>
  /** Kept afterwards; a temporary one when not given. */
  readonly dataDirectory?: string
  /** What starts the command, such as `prlimit --fsize=…`; nothing by default. */
  readonly prefix?: readonly string[]
}

/** The product as a process of its own, as an operator starts it. */
export interface ToolboxProcess extends AsyncDisposable {
  readonly pid: number
  readonly address: string
  readonly dataDirectory: string
  /** Asks as the superuser, by token; follows the process through its restarts. */
  readonly api: Api
  readonly anyone: Api
  /** All that any of its processes wrote, in order. */
  output(): string
  /** Resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Sends a signal and does not wait. */
  signal(signal: NodeJS.Signals): void
  /** Starts it again on the same data directory; resolves when it answers. */
  restart(): Promise<void>
}

/** Resolves when it answers and the superuser has a token; rejects with its output when it does not start. */
export async function spawnToolbox(options: ToolboxOptions = {}): Promise<ToolboxProcess> {
  const temporary = options.dataDirectory === undefined ? await temporaryDirectory() : null
  const dataDirectory = options.dataDirectory ?? (temporary?.path as string)
  const output: string[] = []
  let running = await start(dataDirectory, options, output)
  const anyone = createApi(() => running.address)
  const session = await signIn(anyone, superuser.username, superuser.password)
  const token = await makeToken(anyone.as(cookie(session)))

  async function kill(signal: NodeJS.Signals): Promise<void> {
    const { child } = running
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  return {
    get pid() {
      return running.child.pid as number
    },
    get address() {
      return running.address
    },
    dataDirectory,
    api: anyone.as(bearer(token)),
    anyone,
    output: () => output.join(''),
    kill,
    signal: (signal) => void running.child.kill(signal),
    async restart() {
      await kill('SIGKILL')
      running = await start(dataDirectory, options, output)
    },
    async [Symbol.asyncDispose]() {
      await kill('SIGKILL')
      await temporary?.[Symbol.asyncDispose]()
    },
  }
}

/** Runs the command with these arguments and nothing of this process's environment but the path. */
export function spawnCommand(
  args: readonly string[],
  { settings = {}, prefix = [] }: Pick<ToolboxOptions, 'settings' | 'prefix'> = {},
): ChildProcess {
  const [file = '', ...rest] = [...prefix, process.execPath, command, ...args]
  return spawn(file, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      BOOTSTRAP_ADMIN_USERNAME: superuser.username,
      BOOTSTRAP_ADMIN_PASSWORD: superuser.password,
      ...settings,
    },
  })
}

async function start(
  dataDirectory: string,
  options: ToolboxOptions,
  output: string[],
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawnCommand(['serve', '--port', '0', '--data-dir', dataDirectory], options)
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const from = output.length
  const said = () => output.slice(from).join('')
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    reject(new Error(`it did not start within ${startWithinMs / 1000} s:\n${said()}`))
  }, startWithinMs)
  const listen = (chunk: Buffer) => {
    output.push(chunk.toString())
    const port = /ready at http:\/\/localhost:(\d+)/.exec(said())?.[1]
    if (port) resolve(`http://127.0.0.1:${port}`)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  child.once('exit', (code, signal) => reject(new Error(`it ended (${signal ?? code}):\n${said()}`)))
  try {
    return { child, address: await promise }
  } finally {
    clearTimeout(timer)
  }
}
