import { readdirSync } from 'node:fs'
import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { scratch, smallBacklog } from '../test/scratch.ts'
import { createCodexCommand } from './cli.ts'

function open(
  files: Record<string, string> = { 'docs/TODO.yaml': smallBacklog },
  env: Record<string, string> = {},
) {
  const place = scratch(files)
  let time = Date.parse('2026-03-01T09:00:00Z')
  const run = async (...words: string[]) => {
    let [out, err, code] = ['', '', 0]
    const codex = createCodexCommand({
      env: { TOOLBOX_ACTOR: 'alice', ...env },
      cwd: place.root,
      stdout: { write: (text: string) => (out += text) },
      stderr: { write: (text: string) => (err += text) },
      now: () => time,
      command: ['toolbox'],
      exitWith: (given) => {
        code = given
      },
    })
    time += 60_000
    await new Command('toolbox')
      .addCommand(codex)
      .exitOverride()
      .parseAsync(['codex', ...words], { from: 'user' })
    return { out, err, code }
  }
  const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).out)
  return { ...place, run, json }
}

describe('toolbox codex', () => {
  test("speaks for the checkout's own session where the variable for another is empty", async () => {
    using place = open(undefined, { TOOLBOX_CODEX_SESSION: '' })
    await place.run('start')
    expect(await place.run('note', 'it turns')).toEqual({ out: 'Noted for jobs/engine.\n', err: '', code: 0 })
    using other = open(undefined, { TOOLBOX_CODEX_SESSION: 'absent' })
    await other.run('start')
    expect((await other.run('note', 'it turns')).err).toContain('There is no session absent.')
  })

  test('goes from an empty repository to a pull request', async () => {
    using place = open({})
    expect((await place.run('init')).out).toContain('created  docs/TODO.yaml')
    await place.run('add-area', 'jobs', '--title', 'Jobs')
    await place.run('add', 'jobs/engine', '--title', 'Build: the engine', '--priority', 'high')
    await place.run(
      'add',
      'jobs/logs',
      '--title',
      'Tail the logs',
      '--depends-on',
      'engine',
      '--notes',
      'one\ntwo',
    )
    expect((await place.run('next')).out).toBe(
      'jobs/engine  Build: the engine\n  because: priority high, unblocks 1 task\n\nwaiting (1)\n  jobs/logs  waits for jobs/engine (backlog)\n',
    )
    expect((await place.run('start')).out).toMatch(
      /^jobs\/engine {2}Build: the engine\n {2}because: .*\n {2}claimed until .*T13:/,
    )
    await place.run('note', 'it', 'turns')
    const status = (await place.run('status')).out
    expect(status).toContain('focus    jobs/engine  Build: the engine')
    expect(status).toMatch(/jobs +1 +1 +0 +0\n/)
    const done = await place.run(
      'done',
      '--lesson',
      'oil it',
      '--log',
      'engine: started',
      '--verify',
      'true',
      '--no-commit',
    )
    expect(done).toEqual({ out: 'jobs/engine is done.\n', err: '', code: 0 })
    expect((await place.run('pr')).out).toContain('### Outcome\n\nlog: engine: started')
    expect((await place.run('journal', '--task', 'engine')).out).toContain('it turns')
    expect((await place.run('check')).out).toBe('Everything is in order.\n')
    expect((await place.run('doctor')).code).toBe(0)
  })

  test('tells who begins a task what the journal says of it last', async () => {
    using place = open()
    expect((await place.run('start', 'engine')).out).not.toContain('so far')
    await place.run('note', 'the valve sticks')
    await place.run('handover', '--to', 'bob', 'oil it first')
    const { out } = await place.run('start', 'engine', '--actor', 'bob')
    expect(out).toMatch(
      /\nso far\n(.*\n)* {2}.* the valve sticks\n {2}.* Handed over to bob: oil it first\n$/,
    )
    await place.run('note', 'oiled')
    await place.run('release', '--why', 'lunch')
    expect((await place.json('start', 'engine')).soFar.at(-1)).toMatch(/ Released: lunch$/)
  })

  test('says of a paused session how it goes on', async () => {
    using place = open()
    await place.run('start', 'engine')
    await place.run('pause', 'lunch')
    expect((await place.run('note', 'x')).err).toContain('jobs/engine is paused: `toolbox codex resume`')
  })

  test('ends with the session as it is once it is done', async () => {
    using place = open()
    await place.run('start', 'engine')
    const done = await place.json('done', '--lesson', 'x', '--api', 'y', '--no-commit')
    expect(done.session).toMatchObject({ state: 'done', summary: 'api: y' })
  })

  test('says what it did when it repairs', async () => {
    using place = open({ 'docs/TODO.yaml': smallBacklog, 'ai/state/progress.json': '{bad' })
    expect((await place.run('doctor')).out).toContain('Cure: keep a copy and derive it afresh.')
    expect((await place.run('doctor', '--repair')).out).toBe(
      "snapshot_unreadable: ai/state/progress.json can't be read. Done: keep a copy and derive it afresh.\n",
    )
    expect((await place.run('doctor')).out).toBe('Everything is in order.\n')
  })

  test.each([
    [
      'a file where a directory has to be',
      { docs: 'mine' },
      /docs.* can't be written \((EEXIST|ENOTDIR)\)\. .*move that away/,
    ],
    [
      'a repository without a checkout',
      { HEAD: '', 'objects/x': '', 'refs/x': '' },
      /is a bare repository\. Clone it/,
    ],
  ])('refuses to begin in %s, and leaves it as it is', async (_what, files, said) => {
    using place = open(files as Record<string, string>)
    const before = readdirSync(place.root)
    const { err, code } = await place.run('init')
    expect(err).toMatch(said)
    expect(code).toBeGreaterThan(0)
    expect(code).not.toBe(70)
    expect(readdirSync(place.root)).toEqual(before)
  })

  test('keeps files that can not be read as they are, and says where to look', async () => {
    using place = open({ 'docs/TODO.yaml': 'areas: [\n', 'ai/state/progress.json': '{bad' })
    const { out, code } = await place.run('init')
    expect(code).toBe(0)
    expect(out).toContain('2 faults in what was kept; `toolbox codex check` lists them')
    expect([place.read('docs/TODO.yaml'), place.read('ai/state/progress.json')]).toEqual([
      'areas: [\n',
      '{bad',
    ])
  })

  test('says that a directory is no backlog', async () => {
    using place = open({ 'docs/TODO.yaml/x': '' })
    expect(await place.run('next')).toMatchObject({
      code: 69,
      err: expect.stringContaining('it is a directory (EISDIR)'),
    })
  })

  test('edits the backlog by key and value', async () => {
    using place = open()
    await place.run('set', 'cron', 'priority=high', 'blockers=a clock,a bell')
    await place.run('set', 'cron', 'blockers=')
    await place.run('move', 'cron', '--before', 'logs')
    await place.run('remove', 'logs')
    expect(place.read('docs/TODO.yaml')).toBe(
      smallBacklog.replace(/ +- id: logs\n(.*\n){4}/, '').replace('priority: low', 'priority: high'),
    )
  })

  test.each(['yes', 'Off', 'n', '12:30', 'true', '7', 'null', '~'])(
    'writes %s so that every reader of YAML takes it for a text',
    async (title) => {
      using place = open()
      await place.run('set', 'cron', `title=${title}`)
      expect(place.read('docs/TODO.yaml')).toContain(`title: "${title}"\n`)
    },
  )

  test('takes lists with blanks after the commas', async () => {
    using place = open()
    await place.run('add', 'jobs/last', '--title', 'Last', '--depends-on', 'engine, cron,')
    expect(place.read('docs/TODO.yaml')).toContain('dependsOn:\n          - engine\n          - cron\n')
  })

  test('keeps the journal a text whatever is pasted into a note, and the terminal from being steered', async () => {
    using place = open()
    await place.run('start', 'engine')
    await place.run('note', '\u001b[31mred\u001b[0m bell\u0007 10 %\r20 %')
    expect(place.read('ai/state/journal.md')).toMatch(/ red bell\\u\{7\} 10 %\n {2}20 %\n/)
    expect((await place.run('check')).out).toBe('Everything is in order.\n')
    await place.run('block', '--missing', 'a \u001b[2Jkey')
    expect((await place.run('check')).out).toBe('Everything is in order.\n')
    for (const words of [['status'], ['next'], ['journal']]) {
      expect((await place.run(...words)).out).not.toMatch(/[^\P{Cc}\n]/u)
    }
    expect(await place.json('status')).toMatchObject({ blocked: [{ reasons: ['blocked: a \u001b[2Jkey'] }] })
  })

  test('lets a task carry keys of its own', async () => {
    using place = open()
    expect(await place.run('set', 'cron', 'effort=3')).toMatchObject({ code: 0 })
    expect(place.read('docs/TODO.yaml')).toContain('effort: "3"')
  })

  test.each([
    [
      'a priority that there is not',
      ['set', 'cron', 'priority=urgent'],
      'priority `urgent` is not known. Fix: write critical, high, medium, low.',
    ],
    ['a mistyped task', ['set', 'crn', 'priority=high'], 'There is no task `crn`. Did you mean cron?'],
    ['a mistyped address', ['start', 'jobs/engin'], 'Did you mean jobs/engine?'],
    ['a mistyped key', ['set', 'cron', 'prority=high'], 'Did you mean priority?'],
    ['an area that is not there', ['add', 'x/y', '--title', 'Z'], '`toolbox codex add-area` makes one.'],
    ['nothing that is done', ['pr'], 'No task is done yet.'],
    ['an id with a slash', ['add', 'jobs/a/b', '--title', 'Z'], 'Write area/task instead of'],
    ['an id with a blank', ['add', 'jobs/a b', '--title', 'Z'], 'write one word without blanks'],
    [
      'an area that would be an address',
      ['add-area', 'a/b', '--title', 'Z'],
      'write one word without blanks',
    ],
    ['a title that says nothing', ['add', 'jobs/a', '--title', ' '], 'Say in a line what it is'],
    ['a mistyped task that is not done', ['pr', 'engin'], 'There is no task `engin`. Did you mean '],
  ])('says what to do about %s', async (_what, words, said) => {
    using place = open()
    expect((await place.run(...words)).err).toContain(said)
  })

  test('says how an empty workspace goes on', async () => {
    using place = open({})
    await place.run('init')
    expect((await place.run('next')).out).toBe(
      'The backlog has no tasks. `toolbox codex add-area` makes an area, `toolbox codex add` puts a task into it.\n',
    )
    expect((await place.run('journal')).out).toBe('The journal has no such entry.\n')
  })

  test('answers in JSON', async () => {
    using place = open()
    expect((await place.json('next')).next).toMatchObject({ task: 'jobs/engine' })
    expect((await place.json('start', 'engine', '--why', 'it is time')).session).toMatchObject({
      why: 'it is time',
    })
    expect(await place.json('status')).toMatchObject({ focus: { task: 'jobs/engine' }, faults: 0 })
    expect((await place.json('personas', 'list')).items).toHaveLength(5)
    expect(await place.json('personas', 'show', 'access-steward')).toMatchObject({ superuser: true })
    expect((await place.json('tasks', 'list')).items).toHaveLength(12)
    expect(await place.json('tasks', 'show', 'audit-toolkits')).toMatchObject({ persona: 'toolkit-curator' })
    await place.run('block', '--missing', 'a test cluster')
    expect((await place.json('status')).blocked).toEqual([
      { task: 'jobs/engine', reasons: ['blocked: a test cluster'] },
    ])
    expect(await place.json('unblock', 'engine', '--why', 'it came')).toEqual({ task: 'jobs/engine' })
  })

  test.each([
    ['a task that is not there', 4, ['set', 'nope', 'status=done']],
    ['a persona that is not there', 4, ['personas', 'show', 'nobody']],
    ['no session', 4, ['note', 'x']],
    ['a pair without a value', 2, ['set', 'cron', 'status']],
    ['a bare address', 2, ['add', 'cron', '--title', 'x']],
    ['a lease in words', 2, ['start', '--lease', 'an hour']],
    ['a blocker that says nothing', 2, ['block', 'cron']],
    ['a status of its own', 2, ['set', 'cron', 'status=wip']],
    ['a key that all but spells a known one', 2, ['set', 'cron', 'prority=high']],
    ['a count in words', 2, ['next', '--count', 'few']],
    ['a pull request before anything is done', 2, ['pr']],
    ['another version', 5, ['set', 'cron', 'status=done', '--if-version', 'x']],
    ['another value', 5, ['set', 'cron', 'priority=high', '--was', 'status=blocked']],
    ['done without outcome and lesson', 2, ['set', 'cron', 'status=done']],
  ])('refuses %s with exit code %i, in words or as one problem', async (_what, code, words) => {
    using place = open()
    const human = await place.run(...words)
    expect(human).toMatchObject({ out: '', code, err: expect.stringMatching(/^error: .*[.`]\n$/s) })
    const machine = await place.run(...words, '--json')
    expect(JSON.parse(machine.err)).toMatchObject({
      code: expect.stringMatching(/^[a-z_]+$/),
      detail: expect.any(String),
    })
    expect(place.read('docs/TODO.yaml')).toBe(smallBacklog)
  })

  test('check lists faults with places and ends with 1', async () => {
    using place = open({ 'docs/TODO.yaml': smallBacklog.replace('[engine]', '[motor]') })
    const { out, code } = await place.run('check')
    expect(code).toBe(1)
    expect(out).toBe(
      'docs/TODO.yaml:15:21 error unknown_reference: jobs/logs waits for `motor`, and there is no such task. Fix: correct the reference, or remove it.\n',
    )
    expect((await place.run('next')).code).toBe(0)
  })

  test('outside a workspace says what to do', async () => {
    using place = open({})
    expect(await place.run('next')).toMatchObject({
      code: 4,
      err: expect.stringContaining('Run `toolbox codex init` first.'),
    })
  })
})
