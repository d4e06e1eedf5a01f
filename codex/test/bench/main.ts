// node codex/test/bench/main.ts [edits a writer] [writers] [tasks] [runs]
// The same work by our command line and by two others that keep a backlog for agents, fetched from the registry now.
// Made to be left alone for half an hour: progress goes to standard error, and the table to standard output as far as it
// is known whenever a tool has ended. One tool's failure is its row, and stops none of the others.
import { rmSync } from 'node:fs'
import { scratch } from '../scratch.ts'
import { editTogether, home, linesOfOneEdit, nextSeconds } from './measure.ts'
import { ours } from './ours.ts'
import { installPeer, peers } from './peers.ts'
import type { Tool } from './tool.ts'

const [each = 5, writers = 8, tasks = 2000, runs = 5] = process.argv.slice(2).map(Number)
const head = ['tool', 'edits', 'lost', 'refused', 'edits/s', 'lines for one word', `next, ${tasks} tasks`]
const title = `${writers} writers, ${each} edits each, every task once`
const began = performance.now()

function say(text: string): void {
  const minutes = ((performance.now() - began) / 60_000).toFixed(1).padStart(5)
  process.stderr.write(`${minutes} min  ${text}\n`)
}

async function rowOf(tool: Tool): Promise<string[]> {
  const name = `${tool.name} (${tool.version})`
  const step = Math.max(1, Math.floor((writers * each) / 10))
  const together = await editTogether(tool, writers, each, (made) => {
    if (made % step === 0) say(`${name}: ${made} of ${writers * each} edits`)
  })
  say(`${name}: ${together.lost} lost, ${together.refused} refused in ${together.seconds.toFixed(0)} s`)
  const lines = await linesOfOneEdit(tool, tasks)
  say(`${name}: ${lines} lines for one word`)
  const next = await nextSeconds(tool, tasks, runs)
  say(`${name}: next in ${next.toFixed(2)} s`)
  return [
    name,
    String(together.edits),
    together.broken === undefined ? String(together.lost) : `all: ${together.broken}`,
    String(together.refused),
    (together.edits / together.seconds).toFixed(2),
    String(lines),
    `${next.toFixed(2)} s`,
  ]
}

using place = scratch()
const rows: string[][] = []
const failures: string[] = []
const contestants = [
  { name: 'toolbox codex', open: ours },
  ...peers.map((peer) => ({ name: peer.package, open: () => installPeer(peer, place.root) })),
]
for (const { name, open } of contestants) {
  say(name)
  try {
    rows.push(await rowOf(await open()))
  } catch (error) {
    const [why = ''] = (error as Error).message.split('\n')
    say(`${name}: ${why}`)
    rows.push([name, 'failed'])
    failures.push(`${name}: ${why}`)
    process.exitCode = 1
  }
  process.stdout.write(`${[title, table([head, ...rows]), ...failures].join('\n')}\n\n`)
}
rmSync(home, { recursive: true, force: true })
say('done')

function table(lines: readonly string[][]): string {
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const render = (line: readonly string[]) =>
    `| ${head.map((_, column) => (line[column] ?? '').padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [first = [], ...rest] = lines
  return [render(first), rule, ...rest.map(render)].join('\n')
}
