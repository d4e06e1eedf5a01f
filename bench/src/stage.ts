import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const STOP_GRACE_MS = 5_000

interface StartOptions {
  cwd?: string
  /** Added to the environment the benchmark itself runs in; undefined takes a variable away. */
  env?: Record<string, string | undefined>
}

export interface Service {
  name: string
  pid: number
  /** Everything the program wrote so far, both streams. */
  output(): string
  /** Resolves when `probe` says true; rejects after `timeoutMs`, or when the program ends first. */
  ready(probe: () => Promise<boolean>, timeoutMs: number, everyMs?: number): Promise<void>
  /** Why it ended without being asked to, and what it said last; undefined while it runs. */
  fallen(): string | undefined
  stop(): Promise<void>
}

/** Whatever a benchmark starts or creates. Closing it leaves no process and no file behind. */
export interface Stage {
  tempDir(): string
  /** Starts a program that keeps running until the stage closes. */
  start(name: string, command: string, args: string[], options?: StartOptions): Service
  /** Runs a program to its end and returns what it printed. */
  run(command: string, args: string[], options?: StartOptions & { input?: string }): Promise<string>
  onClose(release: () => Promise<void> | void): void
  /** What the programs said that ended without being asked to. */
  lastWords(): string[]
  close(): Promise<void>
}

export function createStage(): Stage {
  const releases: (() => Promise<void> | void)[] = []
  const services: Service[] = []
  const children = new Set<ChildProcess>()
  const directories = new Set<string>()

  // The last resort for a crash of the benchmark itself: no asynchronous work can happen any more.
  const abandon = () => {
    for (const child of children) signalGroup(child, 'SIGKILL')
    for (const directory of directories) rmSync(directory, { recursive: true, force: true })
  }
  process.once('exit', abandon)

  const track = (child: ChildProcess) => {
    children.add(child)
    child.once('exit', () => children.delete(child))
  }

  const tempDir = () => {
    const directory = mkdtempSync(join(tmpdir(), 'toolbox-bench-'))
    directories.add(directory)
    return directory
  }

  return {
    tempDir,
    start(name, command, args, options = {}) {
      const logFile = join(tempDir(), `${name}.log`)
      const log = openSync(logFile, 'a')
      const child = spawnGroup(command, args, options, ['ignore', log, log])
      closeSync(log)
      track(child)
      const service = createService(name, child, () => readFileSync(logFile, 'utf8'))
      services.push(service)
      releases.push(service.stop)
      return service
    },
    run(command, args, options = {}) {
      const child = spawnGroup(command, args, options, ['pipe', 'pipe', 'pipe'])
      track(child)
      return finished(child, `${command} ${args[0] ?? ''}`, options.input ?? '')
    },
    onClose: (release) => releases.push(release),
    lastWords: () => services.flatMap((service) => service.fallen() ?? []),
    async close() {
      for (const release of releases.splice(0).reverse()) await release()
      abandon()
      process.off('exit', abandon)
    },
  }
}

// Each program leads a process group of its own, so that its children die with it and a Ctrl-C reaches the benchmark alone.
const spawnGroup = (
  command: string,
  args: string[],
  options: StartOptions,
  stdio: ('ignore' | 'pipe' | number)[],
): ChildProcess =>
  spawn(command, args, {
    stdio,
    detached: true,
    env: { ...process.env, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone, which is what was wanted.
  }
}

function createService(name: string, child: ChildProcess, output: () => string): Service {
  let fault: string | undefined
  let stopping = false
  child.once('error', (error) => {
    fault = error.message
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      fault ??= `it ended with ${signal ?? `exit code ${code}`}`
      resolve()
    })
    child.once('error', () => resolve())
  })

  const explain = (what: string) => `${name}: ${what}. Its last words:\n${lastLines(output())}`

  return {
    name,
    pid: child.pid ?? 0,
    output,
    async ready(probe, timeoutMs, everyMs = 20) {
      const deadline = performance.now() + timeoutMs
      for (;;) {
        if (fault !== undefined) throw new Error(explain(fault))
        if (await probe().catch(() => false)) return
        if (performance.now() > deadline) throw new Error(explain(`not ready after ${timeoutMs} ms`))
        await sleep(everyMs)
      }
    },
    fallen: () => (fault === undefined || stopping ? undefined : explain(fault)),
    async stop() {
      stopping = true
      signalGroup(child, 'SIGTERM')
      const graceful = await Promise.race([
        exited.then(() => true),
        sleep(STOP_GRACE_MS, false, { ref: false }),
      ])
      // Also after a clean end: a child the program left behind is still in the group.
      signalGroup(child, 'SIGKILL')
      if (!graceful) await exited
    },
  }
}

const finished = (child: ChildProcess, what: string, input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out).toString())
      else
        reject(
          new Error(`${what} ended with ${signal ?? code}:\n${lastLines(Buffer.concat(err).toString())}`),
        )
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })

const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-20).join('\n')

/** A port nobody listens on at this moment. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
