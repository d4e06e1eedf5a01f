import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import type { Duplex, Readable } from 'node:stream'
import type { ChildRegister } from './orphans.ts'

export interface SpawnOptions {
  /** JavaScript file that the process starts with. */
  readonly main: string
  readonly arguments: readonly string[]
  /** Real paths of directories that the process may read, besides nothing. */
  readonly readable: readonly string[]
  readonly network: boolean
  readonly environment: Readonly<Record<string, string>>
  readonly workingDirectory: string
  readonly heapMegabytes: number
  readonly register: ChildRegister
}

export interface SpawnedProcess {
  readonly pid: number
  /** Both directions; ends when the process does. */
  readonly pipe: Duplex
  readonly stdout: Readable
  readonly stderr: Readable
  isAlive(): boolean
  /** Resolves when the process is gone and all it wrote has been read. */
  readonly exited: Promise<ProcessExit>
  /** Kills the whole process group and resolves when its death is verified. */
  kill(): Promise<void>
}

export interface ProcessExit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/**
 * Starts a process under Node's permission model: no files but the named ones, no child processes, workers, add-ons or
 * inspector, and no network unless asked. It leads a process group of its own. Rejects when it can't be started.
 */
export async function spawnConfined(options: SpawnOptions): Promise<SpawnedProcess> {
  const child = spawn(process.execPath, [...flags(options), options.main, ...options.arguments], {
    cwd: options.workingDirectory,
    env: { ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const exit = new Promise<ProcessExit>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const pid = await startedPid(child)
  offerToOutOfMemoryKiller(pid)
  const noted = options.register.add(pid)
  void exit
    .then(() => noted)
    .then(
      () => options.register.remove(pid),
      () => {},
    )

  const isAlive = () => child.exitCode === null && child.signalCode === null
  const spawned: SpawnedProcess = {
    pid,
    isAlive,
    pipe: child.stdio[3] as Duplex,
    stdout: child.stdout as Readable,
    stderr: child.stderr as Readable,
    exited: closed.then(() => exit),
    async kill() {
      if (isAlive()) signalGroup(pid, 'SIGKILL')
      await exit
      while (signalGroup(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
  try {
    await noted
    return spawned
  } catch (error) {
    await spawned.kill()
    throw error
  }
}

/**
 * SQLite and web storage open files past the permission model; FFI and a debugger started by a signal have no use here.
 * Runtimes that don't know a flag don't have the thing either; the process checks once more before it loads foreign code.
 */
const withoutBackDoors = [
  '--no-experimental-sqlite',
  '--no-experimental-webstorage',
  '--no-experimental-ffi',
  '--disable-sigusr1',
]

function flags(options: SpawnOptions): string[] {
  const isKnown = (flag: string) => process.allowedNodeEnvironmentFlags.has(flag)
  return [
    '--permission',
    ...options.readable.map((directory) => `--allow-fs-read=${directory}`),
    // Runtimes without a network permission neither know the flag nor need it.
    ...(options.network ? ['--allow-net'] : []).filter(isKnown),
    ...withoutBackDoors.filter(isKnown),
    `--max-old-space-size=${options.heapMegabytes}`,
    // Keeps a busy process small; throughput is the same.
    '--max-semi-space-size=4',
    '--no-warnings',
  ]
}

function startedPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    // Stays for good: a later error that nothing heard would end the control plane.
    child.on('error', reject)
    child.once('spawn', () => resolve(child.pid as number))
  })
}

/** True while anything in the group is alive. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

/** When the machine itself runs out of memory, the toolkit goes and the control plane stays. */
function offerToOutOfMemoryKiller(pid: number) {
  writeFile(`/proc/${pid}/oom_score_adj`, '900').catch(() => {})
}
