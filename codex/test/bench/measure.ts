import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { git, scratch } from '../scratch.ts'
import type { Command, Tool } from './tool.ts'

const run = promisify(execFile)
/** Where the tools keep what is theirs, and not the repository's. */
export const home = join(tmpdir(), `codex-bench-home-${process.pid}`)

export type Together = {
  edits: number
  /** Edits that the tool said it had made and that its files do not hold. */
  lost: number
  /** Edits that it said it had not made. */
  refused: number
  seconds: number
  /** Set when its files could not be read afterwards. */
  broken: string | undefined
}

/** Several writers begin tasks of one backlog at once, every task once, each by a command of its own. */
export async function editTogether(
  tool: Tool,
  writers: number,
  each: number,
  onEdit: (tried: number) => void,
): Promise<Together> {
  using place = scratch()
  git(place.root, 'init', '-q')
  tool.prepare(place.root, writers * each)
  const made: number[] = []
  let tried = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (let count = 0; count < each; count += 1) {
        const task = writer * each + count + 1
        if (await succeeds(tool.begin(task), place.root)) made.push(task)
        tried += 1
        onEdit(tried)
      }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const edits = writers * each
  const refused = edits - made.length
  try {
    const held = tool.begun(place.root)
    return { edits, lost: made.filter((task) => !held.has(task)).length, refused, seconds, broken: undefined }
  } catch (error) {
    return { edits, lost: made.length, refused, seconds, broken: (error as Error).message.split('\n')[0] }
  }
}

/** Lines that git counts as changed, added and removed, when one word of one task changes. */
export async function linesOfOneEdit(tool: Tool, tasks: number): Promise<number> {
  using place = scratch()
  git(place.root, 'init', '-q')
  tool.prepare(place.root, tasks)
  // What a tool makes once, or puts into its own form at the first change, is no part of an edit.
  await succeeds(tool.next, place.root)
  await succeeds(tool.begin(1), place.root)
  git(place.root, 'add', '-A')
  git(place.root, 'commit', '-qm', 'before')
  if (!(await succeeds(tool.begin(2), place.root))) return Number.NaN
  git(place.root, 'add', '-A', '--intent-to-add')
  const counts = git(place.root, 'diff', '--numstat').match(/^\d+\t\d+/gm) ?? []
  return counts.flatMap((line) => line.split('\t').map(Number)).reduce((sum, count) => sum + count, 0)
}

/** Seconds from start to end of the whole process, the median of several. */
export async function nextSeconds(tool: Tool, tasks: number, runs: number): Promise<number> {
  using place = scratch()
  git(place.root, 'init', '-q')
  tool.prepare(place.root, tasks)
  git(place.root, 'add', '-A')
  git(place.root, 'commit', '-qm', 'before')
  if (!(await succeeds(tool.next, place.root))) return Number.NaN
  const times: number[] = []
  for (let count = 0; count < runs; count += 1) {
    const start = performance.now()
    await succeeds(tool.next, place.root)
    times.push((performance.now() - start) / 1000)
  }
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN
}

async function succeeds([program, ...args]: Command, cwd: string): Promise<boolean> {
  const env = {
    // The runtime that runs this runs them all.
    PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    NO_COLOR: '1',
    TOOLBOX_ACTOR: 'bench',
    // It would ask the registry for a newer version at every start.
    TASKMASTER_SKIP_AUTO_UPDATE: '1',
  }
  return run(program, args, { cwd, env, maxBuffer: 64 * 1024 * 1024, timeout: 600_000 }).then(
    () => true,
    (error: { stderr?: string; message: string }) => {
      process.stderr.write(`refused: ${(error.stderr || error.message).trim().split('\n').at(-1)}\n`)
      return false
    },
  )
}
