import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { temporaryDirectory } from '../../../test/support/temporary.ts'
import { exitCodes } from '../exit-codes.ts'
import { runToolbox } from './run-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

const job = '01890a5d-ac96-774b-bcce-b302099a8057'

/** Nothing listens there: what is wrong has to be found before anything is sent. */
const nowhere = { TOOLBOX_URL: 'http://127.0.0.1:9', TOOLBOX_TOKEN: 'sretb_test' }

describe.concurrent('wrong usage ends with exit code 2 and says what was meant', () => {
  it.for<[string, string]>([
    ['jbos', 'Did you mean jobs?'],
    ['help jbos', 'Did you mean jobs?'],
    ['jobs lst', 'Did you mean list?'],
    ['jobs list --staus failed', 'Did you mean --status?'],
    ['jobs list --status faild', 'Did you mean failed?'],
    ['jobs list --limit many', 'Give a whole number'],
    ['jobs list --limit 0', 'limit: '],
    ['jobs list --limit 201', 'limit: '],
    ['jobs list --since yesterday', '--since yesterday is no time'],
    ['jobs list --toolkit', 'argument missing'],
    ['jobs show', "required argument 'job-id'"],
    ['jobs show 12', 'A job id is a UUID'],
    ['jobs logs 12', 'A job id is a UUID'],
    [`jobs logs ${job} --level loud`, 'Allowed choices are debug, info, warn, error'],
    [`jobs logs ${job} -f --before 5`, 'leave out --before'],
    [`jobs retry ${job} --input [1]`, 'one JSON object'],
    ['toolkits disable regex', '--justification'],
    ['toolkits disable regex --justification x', 'justification: '],
    ['toolkits show UPPER', 'slug: '],
    ['call', 'Name an operation'],
    ['call jobs.get', 'jobId: '],
    ['call jobs.get --set jobid=1', 'Did you mean jobId?'],
    ['call jobs.get --set jobId', 'not of the form key=value'],
    ['call jobs.list --set limit=5 --set limit=6', 'given twice'],
    ['call jobs.list --set status=faild', 'Did you mean failed?'],
    ['call jobs.list --input {', 'not valid JSON'],
    ['call jobs.list --input @/nonexistent/input.json', "can't be read"],
    ['call toolkits.call --set slug=regex --set operation=..', "can't be"],
    ['call jobs.list --timeout 0', 'at least 1 second'],
    ['call auth.me --url ftp://example.org', 'is not a Toolbox URL'],
    ['call auth.me --url http://me:secret@example.org', 'holds no user name or password'],
    ['run', 'Name an operation'],
    ['run probe --help', 'not of the form slug.operation'],
    ['run probe', 'not of the form slug.operation'],
    ['run regex.match --priority high', 'Give a whole number'],
    ['run regex.match --priority 101', 'priority: '],
    ['run regex.match --run-at soon', '--run-at soon is no time'],
    ['login', 'no terminal to ask on'],
    ['login --username ada', 'no terminal to ask on'],
    ['logout', 'Nobody is signed in'],
  ])('toolbox %s', async ([line, message]) => {
    const { code, stdout, stderr } = await runToolbox(line.split(' '), { env: nowhere })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('sretb_test')
    expect(stderr).not.toContain('secret@')
    expect({ code, stdout }).toEqual({ code: exitCodes.usage, stdout: '' })
  })

  it('shows the commands of a group that is called without one', async () => {
    const { code, stderr } = await runToolbox(['jobs'])
    expect(code).toBe(exitCodes.usage)
    expect(stderr).toContain('Usage: toolbox jobs')
  })

  it('refuses a damaged credentials file without quoting it', async () => {
    await using home = await temporaryDirectory()
    const file = join(home.path, 'sre-toolbox', 'credentials.json')
    await mkdir(join(home.path, 'sre-toolbox'))
    await writeFile(file, '{"tokens": "sretb_broken')
    const { code, stderr } = await runToolbox(['call', 'auth.me'], { env: { XDG_CONFIG_HOME: home.path } })
    expect(code).toBe(exitCodes.usage)
    expect(stderr).toContain(`${file} is damaged`)
    expect(stderr).not.toContain('sretb_')
  })
})

describe.concurrent('help', () => {
  it('lists every command without being asked', async () => {
    const { code, stdout, stderr } = await runToolbox([])
    for (const name of ['login', 'logout', 'call', 'run', 'jobs', 'toolkits'])
      expect(stdout).toContain(`  ${name} `)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('is the same however it is asked for', async () => {
    const [direct, word, nested] = await Promise.all([
      runToolbox(['jobs', 'list', '--help']),
      runToolbox(['help', 'jobs', 'list']),
      runToolbox(['jobs', 'help', 'list']),
    ])
    expect(direct.code).toBe(0)
    expect(direct.stdout).toContain('--requested-by')
    expect(word).toEqual(direct)
    expect(nested).toEqual(direct)
  })

  it('documents every exit code', async () => {
    const { stdout } = await runToolbox(['help', 'exit-codes'])
    for (const code of Object.values(exitCodes)) expect(stdout).toMatch(new RegExp(`^ +${code}  `, 'm'))
  })
})

it('names unknown operations as not found, with the near ones', async () => {
  const { code, stderr } = await runToolbox(['call', 'jobs.lst'], { env: nowhere })
  expect(code).toBe(exitCodes.notFound)
  expect(stderr).toContain('Did you mean jobs.list?')
})

it('says with --json what is wrong as one problem document', async () => {
  const { code, stdout, stderr } = await runToolbox(['call', 'jobs.get', '--set', 'jobId=1', '--json'])
  expect(code).toBe(exitCodes.usage)
  expect(stdout).toBe('')
  expect(JSON.parse(stderr)).toMatchObject({ code: 'validation_failed', errors: [{ path: 'jobId' }] })
})
