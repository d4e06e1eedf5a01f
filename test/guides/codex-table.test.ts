import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../contract/src/index.ts'
import { webRoutes } from '../../contract/src/web-routes.ts'
import { commandFault, readCommands } from './commands.ts'

const folder = join(import.meta.dirname, '../../codex')
const section =
  readFileSync(join(folder, 'README.md'), 'utf8')
    .split(/^## /m)
    .find((text) => text.startsWith('What the playbook asks')) ?? ''
const [head, ...rows] = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
const statements = rows.filter(([says = '']) => !says.startsWith('**'))
/** What stands in backticks in one column of all rows. */
const named = (column: string) =>
  statements.flatMap((cells) =>
    [...(cells[head?.indexOf(column) ?? -1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name as string),
  )

describe('the table of what the playbook asks', () => {
  let commands: Awaited<ReturnType<typeof readCommands>>
  beforeAll(async () => {
    commands = await readCommands()
  })

  it('has a test for every statement', () => {
    expect(head).toEqual(['it says', 'command', 'API', 'page', 'test'])
    expect(statements.length).toBeGreaterThan(40)
    expect(statements.filter((cells) => !cells[4]?.includes('.test.ts'))).toEqual([])
  })

  it('names only tests that there are', () => {
    expect(named('test').filter((path) => !existsSync(join(folder, path)))).toEqual([])
  })

  it('names only commands, with the options that they take', () => {
    const lines = named('command').map((text) =>
      text.startsWith('toolbox ') ? text : `toolbox codex ${text}`,
    )
    const faults = lines.map((line) => `${line}: ${commandFault(line, commands)}`)
    expect(faults.filter((fault) => !fault.endsWith(': null'))).toEqual([])
  })

  it('names only tasks of the library', () => {
    const tasks = named('command').flatMap((text) => /^tasks (?:run|show) ([a-z-]+)/.exec(text)?.[1] ?? [])
    expect(new Set(tasks).size).toBe(12)
    expect(tasks.filter((slug) => !existsSync(join(folder, 'tasks', `${slug}.yaml`)))).toEqual([])
  })

  it('names only operations of the contract, and every one of the codex', () => {
    const ids = operations.map(({ id }) => id)
    expect(named('API').filter((id) => !ids.includes(id))).toEqual([])
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    expect(ids.filter((id) => id.startsWith('codex.') && !readme.includes(id))).toEqual([])
  })

  it('names only pages of the web app, and says which is missing', () => {
    const pages: readonly string[] = webRoutes
    expect(named('page').filter((path) => !pages.includes(path))).toEqual(['/admin/settings/auth'])
  })
})
