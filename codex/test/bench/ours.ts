import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Tool } from './tool.ts'

const toolbox = fileURLToPath(new URL('../../../cli/bin/toolbox.js', import.meta.url))
const file = 'docs/TODO.yaml'

export function ours(): Tool {
  return {
    name: 'toolbox codex',
    version: 'this one',
    prepare(directory, tasks) {
      mkdirSync(join(directory, 'docs'))
      const lines = Array.from(
        { length: tasks },
        (_, index) =>
          `      - id: t${index + 1}\n        title: Task ${index + 1} # in short\n        status: backlog\n        priority: medium\n`,
      )
      writeFileSync(
        join(directory, file),
        `version: 1\nareas:\n  - id: all\n    title: All\n    tasks:\n${lines.join('')}`,
      )
    },
    begin: (task) => [process.execPath, toolbox, 'codex', 'set', `all/t${task}`, 'status=in_progress'],
    next: [process.execPath, toolbox, 'codex', 'next'],
    begun(directory) {
      const { areas } = parse(readFileSync(join(directory, file), 'utf8')) as {
        areas: { tasks: { id: string; status: string }[] }[]
      }
      const begun = areas.flatMap((area) => area.tasks).filter(({ status }) => status === 'in_progress')
      return new Set(begun.map(({ id }) => Number(id.slice(1))))
    },
  }
}
