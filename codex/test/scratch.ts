import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { uuidv7 } from '../src/kernel/ids.ts'
import type { CodexDeps } from '../src/sessions/deps.ts'
import { workspaceAt } from '../src/workspace/workspace.ts'

/** A temporary directory with the given files, removed when the `using` scope ends. */
export function scratch(files: Record<string, string> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'codex-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  return {
    root,
    write,
    read: (path: string) => readFileSync(join(root, path), 'utf8'),
    git: (...args: string[]) => git(root, ...args),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** git without anyone's own configuration. */
export function git(root: string, ...args: string[]): string {
  const env = {
    PATH: process.env.PATH,
    HOME: root,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@localhost',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@localhost',
    GIT_EDITOR: 'true',
  }
  return execFileSync('git', args, {
    cwd: root,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd()
}

/** Dependencies with a clock that stands still until it is moved. */
export function testDeps(root: string, actor = 'alice', start = '2026-03-01T09:00:00.000Z') {
  let time = Date.parse(start)
  let count = 0
  const now = () => new Date(time)
  const seed = Buffer.from(actor.padEnd(10, '.').slice(0, 10))
  const deps: CodexDeps = {
    workspace: workspaceAt(root),
    now,
    newId: () => {
      count += 1
      seed.writeUInt8(count, 9)
      return uuidv7(now(), seed)
    },
    actor: () => actor,
    session: undefined,
  }
  const advance = (minutes: number): void => {
    time += minutes * 60_000
  }
  return { ...deps, advance }
}

export const smallBacklog = `# Roadmap
version: 1
areas:
  - id: jobs
    title: Jobs
    tasks:
      - id: engine
        title: Build the engine
        status: backlog # soon
        priority: high
      - id: logs
        title: Tail the logs
        status: backlog
        priority: critical
        dependsOn: [engine]
      - id: cron
        title: Run on a schedule
        status: backlog
        priority: low
`
