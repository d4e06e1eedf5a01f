import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Tool } from './tool.ts'

type Peer = { package: string; range: string; tool(bin: string, version: string): Tool }

/** Fetched from the registry for the length of a run, and never a dependency of ours. */
export const peers: readonly Peer[] = [
  {
    package: 'backlog.md',
    range: '~1.52.0',
    tool: (bin, version) => {
      const program = join(bin, 'backlog')
      return {
        name: 'Backlog.md',
        version,
        // Made by the tool; the tasks are copies of what `backlog task create` writes.
        prepare(directory, tasks) {
          execFileSync(program, ['init', 'bench', '--defaults', '--integration-mode', 'none'], {
            cwd: directory,
            stdio: 'ignore',
          })
          for (let task = 1; task <= tasks; task += 1) {
            const name = `task-${task} - Task-${task}.md`
            writeFileSync(
              join(directory, 'backlog/tasks', name),
              `---\nid: TASK-${task}\ntitle: Task ${task}\nstatus: To Do\nassignee: []\ncreated_date: '2026-01-01 00:00'\nlabels: []\ndependencies: []\npriority: medium\nordinal: ${task * 1000}\n---\n\n\n`,
            )
          }
        },
        begin: (task) => [program, 'task', 'edit', String(task), '-s', 'In Progress'],
        next: [program, 'task', 'list', '--plain', '--ready', '--sort', 'priority', '--limit', '1'],
        begun(directory) {
          const folder = join(directory, 'backlog/tasks')
          const begun = readdirSync(folder).filter((name) =>
            /^status: In Progress$/m.test(readFileSync(join(folder, name), 'utf8')),
          )
          return new Set(begun.map((name) => Number(/^task-(\d+)/.exec(name)?.[1])))
        },
      }
    },
  },
  {
    package: 'task-master-ai',
    range: '~0.43.1',
    tool: (bin, version) => {
      const program = join(bin, 'task-master')
      const file = '.taskmaster/tasks/tasks.json'
      return {
        name: 'Task Master',
        version,
        prepare(directory, tasks) {
          mkdirSync(join(directory, '.taskmaster/tasks'), { recursive: true })
          const all = Array.from({ length: tasks }, (_, index) => ({
            id: String(index + 1),
            title: `Task ${index + 1}`,
            description: `Task ${index + 1}`,
            status: 'pending',
            dependencies: [],
            priority: 'medium',
            subtasks: [],
          }))
          const metadata = { version: '1.0.0', taskCount: tasks, completedCount: 0, tags: ['master'] }
          writeFileSync(join(directory, file), JSON.stringify({ master: { tasks: all, metadata } }, null, 2))
        },
        begin: (task) => [program, 'set-status', String(task), 'in-progress'],
        next: [program, 'next'],
        begun(directory) {
          const { master } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
            master: { tasks: { id: string; status: string }[] }
          }
          const begun = master.tasks.filter(({ status }) => status === 'in-progress')
          return new Set(begun.map(({ id }) => Number(id)))
        },
      }
    },
  },
]

/** Installs a peer in a directory of its own; throws with the reason when it can't be. */
export function installPeer({ package: name, range, tool }: Peer, directory: string): Tool {
  const own = join(directory, name)
  mkdirSync(own)
  writeFileSync(join(own, 'package.json'), '{"private":true}')
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--save=false']
  try {
    execFileSync('npm', ['install', ...options, `${name}@${range}`], {
      cwd: own,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      timeout: 600_000,
    })
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr ?? '').trim()
    const why = said.split('\n').filter((line) => !line.includes('complete log'))
    throw new Error(`could not be installed: ${why.slice(0, 4).join(' ') || (error as Error).message}`)
  }
  const modules = join(own, 'node_modules')
  const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as {
    version: string
  }
  return tool(join(modules, '.bin'), version)
}
