import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Names one life of one process: a pid alone is used again. */
interface ProcessIdentity {
  readonly pid: number
  /** Start time from `/proc`, in ticks since boot; null where there is no `/proc`. */
  readonly started: string | null
  readonly boot: string | null
}

interface ChildRecord {
  readonly child: ProcessIdentity
  readonly parent: ProcessIdentity
}

export interface ChildRegister {
  /** Resolves when the note is on disk. */
  add(pid: number): Promise<void>
  remove(pid: number): void
}

/** Notes of living child processes, so that the next start can find those that outlived a killed control plane. */
export function createChildRegister(runDirectory: string): ChildRegister {
  const parent = identify(process.pid)
  return {
    async add(pid) {
      const record: ChildRecord = { child: identify(pid), parent }
      await mkdir(runDirectory, { recursive: true })
      await writeFile(fileOf(runDirectory, pid), JSON.stringify(record))
    },
    remove: (pid) => rmSync(fileOf(runDirectory, pid), { force: true }),
  }
}

/**
 * Kills the process groups of noted children whose control plane is gone, and returns their pids. A child is killed
 * only when `/proc` proves that the pid is still that child; without `/proc` it is left alone.
 */
export function reapOrphans(runDirectory: string): number[] {
  const killed: number[] = []
  for (const name of listNotes(runDirectory)) {
    const file = join(runDirectory, name)
    const record = readNote(file)
    if (record && isSame(record.parent)) continue
    if (record && isSame(record.child) && killGroup(record.child.pid)) killed.push(record.child.pid)
    rmSync(file, { force: true })
  }
  return killed
}

function fileOf(runDirectory: string, pid: number): string {
  return join(runDirectory, `child-${pid}.json`)
}

function listNotes(runDirectory: string): string[] {
  try {
    return readdirSync(runDirectory).filter((name) => /^child-\d+\.json$/.test(name))
  } catch {
    return []
  }
}

function readNote(file: string): ChildRecord | null {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as ChildRecord
    return Number.isInteger(record.child.pid) && Number.isInteger(record.parent.pid) ? record : null
  } catch {
    return null
  }
}

function isSame(identity: ProcessIdentity): boolean {
  if (identity.started === null) return false
  const now = identify(identity.pid)
  return now.started === identity.started && now.boot === identity.boot
}

function killGroup(pid: number): boolean {
  try {
    process.kill(-pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

function identify(pid: number): ProcessIdentity {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything; the start time is the 22nd.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return { pid, started: fields[0] === 'Z' ? null : (fields[19] ?? null), boot }
  } catch {
    return { pid, started: null, boot: null }
  }
}
