import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { operations } from '@sre-toolbox/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exitCodes } from '../exit-codes.ts'
import { type RealToolbox, startRealToolbox } from './real-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

let server: RealToolbox
beforeAll(async () => {
  server = await startRealToolbox()
  await server.signIn()
})
afterAll(() => server[Symbol.asyncDispose]())

describe.concurrent('call', () => {
  it('lists every operation of the contract and of the toolkits', async () => {
    const { stdout } = await server.toolbox(['call', '--list'])
    for (const { id } of operations) expect(stdout).toMatch(new RegExp(`^${id.replace('.', '\\.')} `, 'm'))
    expect(stdout).toMatch(/^regex\.match .* call /m)
    expect(stdout).toMatch(/^latency-sleuth\.probe .* job /m)
  })

  it('lists those that hold a name', async () => {
    const { stdout } = await server.toolbox(['call', '--list', 'schedules.', '--json'])
    const ids = (JSON.parse(stdout).items as { id: string }[]).map(({ id }) => id)
    expect(ids).toContain('schedules.create')
    expect(ids.filter((id) => !id.startsWith('schedules.'))).toEqual([])
  })

  it("tells what a toolkit's operation does, needs and takes, by call and by run", async () => {
    const { code, stdout } = await server.toolbox(['call', 'latency-sleuth.probe', '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('needs   toolkit.user\neffect  write, as a job')
    expect(stdout).toMatch(/^ {2}url +URL, required\n +http or https, without user name or password$/m)
    expect(stdout).toMatch(/^ {2}count +whole number from 1 to 1000, default 10$/m)
    expect(stdout).toContain('toolbox run latency-sleuth.probe --set url=https://example.org --follow')
    expect((await server.toolbox(['run', 'latency-sleuth.probe', '--help'])).stdout).toBe(stdout)
    const unknown = await server.toolbox(['call', 'regex.mach', '--help'])
    expect(unknown).toMatchObject({ code: exitCodes.notFound, stdout: '' })
    expect(unknown.stderr).toContain('Did you mean regex.match?')
  })

  it("runs a toolkit's operation, with text fields taken as text", async () => {
    const args = ['call', 'regex.match', '--set', 'pattern=1', '--set', 'text=121', '--json']
    const { code, stdout } = await server.toolbox(args)
    expect(code).toBe(0)
    expect(JSON.parse(stdout).matches).toHaveLength(1)
  })

  it('reads the input from a file and from standard input', async () => {
    const file = join(server.configDirectory, 'input.json')
    const input = JSON.stringify({ pattern: 'b', text: 'abc' })
    await writeFile(file, input)
    const fromFile = await server.toolbox(['call', 'regex.match', '--input', `@${file}`, '--json'])
    const fromPipe = await server.toolbox(['call', 'regex.match', '--input', '-', '--json'], { input })
    expect(JSON.parse(fromFile.stdout).matches).toHaveLength(1)
    expect(fromPipe).toEqual(fromFile)
  })

  it('names every field that is missing, however much alike the faults are', async () => {
    const refused = await server.toolbox(['call', 'regex.match', '--input', '{}'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('pattern')
    expect(refused.stderr).toContain('text: is required')
  })

  it('spreads an input over path, query and body', async () => {
    const put = [
      'call',
      'secrets.put',
      '--set',
      'name=team/mail',
      '--set',
      'values={"password":"s3cret-canary"}',
    ]
    expect(await server.toolbox([...put, '--json'])).toMatchObject({ code: 0, stderr: '' })
    const listed = await server.toolbox(['call', 'secrets.list'])
    expect(listed.stdout).toContain('team/mail')
    expect(listed.stdout).not.toContain('s3cret-canary')
    expect((await server.toolbox(['call', 'secrets.remove', '--set', 'name=team/mail'])).code).toBe(0)
    const jobs = await server.toolbox([
      'call',
      'jobs.list',
      '--input',
      '{"status":["failed","lost"]}',
      '--json',
    ])
    expect(JSON.parse(jobs.stdout)).toEqual({ items: [], nextCursor: null })
  })

  it('passes an answer that is no JSON through', async () => {
    const { code, stdout } = await server.toolbox(['call', 'audit.export', '--set', 'format=csv'])
    expect(code).toBe(0)
    expect(stdout.split('\n').length).toBeGreaterThan(2)
    expect(stdout.startsWith('{')).toBe(false)
  })

  it('says which operations are near one that is not there', async () => {
    const { code, stderr } = await server.toolbox(['call', 'regex.mach'])
    expect(code).toBe(exitCodes.notFound)
    expect(stderr).toContain('Did you mean regex.match?')
  })
})

describe('toolkits', () => {
  it('disables and enables with a justification; what is disabled is a conflict', async () => {
    const why = ['--justification', 'checking the switch']
    const off = await server.toolbox(['toolkits', 'disable', 'regex', ...why])
    expect(off).toMatchObject({ code: 0, stderr: '' })
    expect(off.stdout).toContain('○ disabled')
    const call = await server.toolbox(['call', 'regex.match', '--set', 'pattern=a', '--set', 'text=a'])
    expect(call.code).toBe(exitCodes.conflict)
    expect((await server.toolbox(['toolkits', 'enable', 'regex', ...why])).stdout).toContain('● enabled')
  })

  it('shows operations, versions and permissions', async () => {
    const { stdout } = await server.toolbox(['toolkits', 'show', 'latency-sleuth'])
    expect(stdout).toMatch(/latency-sleuth\.probe +job/)
    expect(stdout).toMatch(/permissions/)
  })

  it('changes one setting and keeps the others', async () => {
    const credential = { host: 'example.org', header: 'authorization', value: 'secret:team/probe#header' }
    const set = [
      'toolkits',
      'settings',
      'latency-sleuth',
      '--set',
      `credentials=${JSON.stringify([credential])}`,
    ]
    expect(await server.toolbox(set)).toMatchObject({ code: 0, stderr: '' })
    const { stdout } = await server.toolbox(['toolkits', 'settings', 'latency-sleuth', '--json'])
    expect(JSON.parse(stdout).settings.credentials).toEqual([credential])
  })
})

it('says which role is missing, with exit code 3', async () => {
  const user = { username: 'bob', password: 'a long enough password', summary: 'a user without roles' }
  const made = await server.toolbox(['call', 'users.create', '--input', '-'], { input: JSON.stringify(user) })
  expect(made.code).toBe(0)
  expect(made.stdout).not.toContain(user.password)
  const env = { XDG_CONFIG_HOME: join(server.configDirectory, 'bob') }
  const login = ['login', '--username', user.username, '--password-stdin']
  await server.toolbox(login, { env, input: user.password })
  const refused = await server.toolbox(['toolkits', 'disable', 'regex', '--justification', 'for fun'], {
    env,
  })
  expect(refused.code).toBe(exitCodes.forbidden)
  expect(refused.stderr).toContain('toolkit.curator')
})
