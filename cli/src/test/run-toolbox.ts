import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const toolboxBin = fileURLToPath(new URL('../../bin/toolbox.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** What stands on standard input, which ends after it. */
  readonly input?: string
  readonly runtime?: string
  readonly cwd?: string
  /** Told of the process once it runs. */
  readonly whileRunning?: (child: ChildProcess) => void
}

/** Runs the real command in an environment of its own: no sign-in, no settings of whoever runs the tests. */
export async function runToolbox(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = spawn(options.runtime ?? process.execPath, [toolboxBin, ...args], {
    env: { XDG_CONFIG_HOME: '/nonexistent', ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // The command need not read what it was given.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  options.whileRunning?.(child)
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, stdout, stderr }
}
