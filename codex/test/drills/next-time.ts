// V8: node codex/test/drills/next-time.ts [tasks] [runs] — whole process, from spawn to exit
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { scratch } from '../scratch.ts'

const [tasks = '2000', runs = '15'] = process.argv.slice(2)
const toolbox = fileURLToPath(new URL('../toolbox.js', import.meta.url))
const perArea = 100
const priorities = ['critical', 'high', 'medium', 'low']

using place = scratch({ 'docs/TODO.yaml': backlogOf(Number(tasks)) })
const measure = (args: string[]) => {
  const times = Array.from({ length: Number(runs) }, () => {
    const start = performance.now()
    execFileSync(process.execPath, args, { cwd: place.root })
    return (performance.now() - start) / 1000
  }).sort((a, b) => a - b)
  return { best: times[0] ?? 0, median: times[times.length >> 1] ?? 0 }
}
measure([toolbox, 'codex', 'next'])
const next = measure([toolbox, 'codex', 'next'])
const node = measure(['--eval', '0'])
process.stdout.write(
  `V8   next on ${tasks} tasks: median ${next.median.toFixed(3)} s, best ${next.best.toFixed(3)} s (bare node: median ${node.median.toFixed(3)} s)\n`,
)

function backlogOf(count: number): string {
  let text = '# Roadmap\nversion: 1\nupdated: 2026-01-01\nowners: [ops]\nareas:\n'
  for (let index = 0; index < count; index += 1) {
    if (index % perArea === 0)
      text += `  - id: area-${index / perArea}\n    title: Area ${index / perArea}\n    tasks:\n`
    const id = index % perArea
    text += `      - id: task-${id}\n        title: "Do thing ${id}" # in short\n`
    text += `        status: ${index % 5 === 0 ? 'done' : 'backlog'}\n        priority: ${priorities[index % 4]}\n`
    text += `        notes: >-\n          What it is about, in a line or two,\n          folded as people do.\n`
    if (id > 0) text += `        dependsOn: [task-${id - 1}]\n`
  }
  return text
}
