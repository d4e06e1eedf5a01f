import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { scratch } from '../scratch.ts'

const worker = fileURLToPath(new URL('edit-worker.ts', import.meta.url))
const run = promisify(execFile)

export type Outcome = {
  edits: number
  lost: string[]
  refused: number
  commentsKept: boolean
  seconds: number
  /** The edit that waited longest. */
  slowestSeconds: number
}

/** Lets several processes edit one backlog at once and looks whether anything of it is missing afterwards. */
export async function editTogether(processes: number, edits: number): Promise<Outcome> {
  const names = Array.from({ length: processes }, (_each, index) => `w${index}`)
  const own = names.map(
    (name) => `      # the task of ${name}\n      - id: own-${name}\n        status: backlog # of ${name}\n`,
  )
  using place = scratch({
    'docs/TODO.yaml': `# head\nareas:\n  - id: area\n    tasks:\n      # shared by all\n      - id: shared # one\n        counter: 0 # counts\n        seen: [] # who\n${own.join('')}# tail\n`,
  })
  const comments = place.read('docs/TODO.yaml').match(/#.*/g)?.toSorted()
  const start = performance.now()
  const reports = await Promise.all(
    names.map(async (name) => {
      const { stdout } = await run(process.execPath, [worker, place.root, name, String(edits)])
      return JSON.parse(stdout) as { refused: number; slowest: number }
    }),
  )
  const seconds = (performance.now() - start) / 1000
  const text = place.read('docs/TODO.yaml')
  return {
    edits: processes * edits,
    lost: lostEdits(parse(text), names, edits),
    refused: reports.reduce((sum, each) => sum + each.refused, 0),
    commentsKept: JSON.stringify(text.match(/#.*/g)?.toSorted()) === JSON.stringify(comments),
    seconds,
    slowestSeconds: Math.max(...reports.map(({ slowest }) => slowest)) / 1000,
  }
}

type Task = { id: string; counter?: number; seen?: string[]; [key: string]: unknown }

function lostEdits(
  backlog: { areas: { tasks: Task[] }[] },
  names: readonly string[],
  edits: number,
): string[] {
  const tasks = new Map(backlog.areas.flatMap((area) => area.tasks).map((task) => [task.id, task]))
  const shared = tasks.get('shared')
  const increments = names.length * Math.ceil(edits / 4)
  const lost = shared?.counter === increments ? [] : [`counter is ${shared?.counter}, not ${increments}`]
  for (const name of names) {
    for (let count = 0; count < edits; count += 1) {
      const id = `${name}-${count}`
      if (count % 4 === 1 && !shared?.seen?.includes(id)) lost.push(`seen ${id}`)
      if (count % 4 === 2 && !tasks.has(id)) lost.push(`task ${id}`)
      if (count % 4 === 3 && tasks.get(`own-${name}`)?.[`edit-${count}`] !== count) lost.push(`edit ${id}`)
    }
  }
  return lost
}
