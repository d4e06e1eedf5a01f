import { execFileSync } from 'node:child_process'

export interface Process {
  pid: number
  /** Resident memory. */
  megabytes: number
}

/** The processes below this one, at any depth. */
export function descendants(pid: number): Process[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => !state?.startsWith('Z'))
    .map(([id, parent, kilobytes]) => ({
      pid: Number(id),
      parent: Number(parent),
      megabytes: Number(kilobytes) / 1024,
    }))
  const below = (parent: number): Process[] =>
    table
      .filter((entry) => entry.parent === parent)
      .flatMap((entry) => [{ pid: entry.pid, megabytes: entry.megabytes }, ...below(entry.pid)])
  return below(pid)
}

export function residentMegabytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}
