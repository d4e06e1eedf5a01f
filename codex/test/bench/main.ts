// node codex/test/bench/main.ts [edits a writer] [writers] [tasks] [runs]
// The same work by our command line and by two others that keep a backlog for agents, fetched from the registry now.
import { rmSync } from 'node:fs'
import { scratch } from '../scratch.ts'
import { editTogether, home, linesOfOneEdit, nextSeconds } from './measure.ts'
import { ours } from './ours.ts'
import { installPeers } from './peers.ts'

const [each = 5, writers = 8, tasks = 2000, runs = 5] = process.argv.slice(2).map(Number)

using place = scratch()
process.stderr.write('fetching Backlog.md and Task Master\n')
const rows: string[][] = [
  ['tool', 'edits', 'lost', 'refused', 'edits/s', 'lines for one word', `next, ${tasks} tasks`],
]
for (const tool of [ours(), ...installPeers(place.root)]) {
  if ('why' in tool) {
    rows.push([tool.name, tool.why])
    continue
  }
  process.stderr.write(`${tool.name} ${tool.version}\n`)
  const together = await editTogether(tool, writers, each)
  const lines = await linesOfOneEdit(tool, tasks)
  const next = await nextSeconds(tool, tasks, runs)
  rows.push([
    `${tool.name} (${tool.version})`,
    String(together.edits),
    together.broken === undefined ? String(together.lost) : `all: ${together.broken}`,
    String(together.refused),
    (together.edits / together.seconds).toFixed(2),
    String(lines),
    `${next.toFixed(2)} s`,
  ])
}
rmSync(home, { recursive: true, force: true })
process.stdout.write(`${writers} writers, ${each} edits each, every task once\n${table(rows)}\n`)

function table(lines: readonly string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const render = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head = [], ...rest] = lines
  return [render(head), rule, ...rest.map(render)].join('\n')
}
