import { describe, expect, test } from 'vitest'
import { installedFacts } from '../../test/installed-facts.ts'
import { openRepository } from '../../test/open-repository.ts'

const origin = 'origin: { pullRequest: "#3", docs: [docs/TODO.yaml], code: [src/db.ts] }\n'
const repository = {
  'src/db.ts': '',
  'ai/personas/keeper.yaml': `name: Keeper\nslug: db-keeper\nscope: Databases.\nentryRoutes: [/jobs]\nroles: [toolkit.user]\nsuperuser: false\noperations: [jobs.*]\ntoolkitEffects: []\nguardrails: [{ text: Cite job ids. }]\n${origin}`,
  'ai/tasks/look.yaml': `slug: look-at-jobs\ntitle: Look at jobs\ngroup: monitoring\npersona: db-keeper\nroutes: [/jobs]\nsteps: [{ id: list, title: List them, operation: jobs.list }]\nsuccess: [A list is shown.]\n${origin}`,
}

const definition = {
  slug: 'regex.vet-pattern',
  title: 'Vet a pattern',
  group: 'monitoring',
  persona: 'regex.tester',
  routes: ['/toolkits/:slug/*'],
  inputs: {},
  steps: [{ id: 'match', title: 'Match it', operation: 'regex.match', input: {} }],
  success: ['It matches.'],
}
const persona = {
  name: 'Tester',
  slug: 'regex.tester',
  scope: 'Patterns.',
  entryRoutes: ['/toolkits/:slug/*'],
  sources: [],
  roles: ['toolkit.user'],
  superuser: false,
  operations: ['regex.*'],
  toolkitEffects: [],
  guardrails: [{ text: 'Try it first.', check: null }],
  origin: null,
}
/** A Toolbox whose toolkit `regex` adds a task and a persona. */
const connected = {
  'codex.facts': () => installedFacts(),
  'codex.listPersonas': () => ({ items: [{ slug: 'access-steward' }, persona] }),
  'codex.getPersona': () => ({ persona }),
  'codex.listTasks': () => ({ items: [{ slug: 'audit-toolkits' }, { slug: definition.slug }] }),
  'codex.getTask': () => ({ task: { definition } }),
}

/** The names of each kind of origin in a list's answer. */
const bySource = (out: string): Record<string, string[]> => {
  const { items } = JSON.parse(out) as { items: { slug: string; from: string }[] }
  const names = Map.groupBy(items, ({ from }) => from)
  return Object.fromEntries([...names].map(([from, group]) => [from, group.map(({ slug }) => slug)]))
}

describe.each([
  ['personas', 'access-steward', 'db-keeper', 'regex.tester'],
  ['tasks', 'audit-toolkits', 'look-at-jobs', 'regex.vet-pattern'],
])('%s', (kind, ofProduct, ofRepository, ofToolkit) => {
  test('are listed with who adds each', async () => {
    using place = openRepository(repository, connected)
    const { out } = await place.codex(kind, 'list', '--json')
    expect(bySource(out)).toMatchObject({ repository: [ofRepository], 'toolkit:regex': [ofToolkit] })
    expect(bySource(out).product).toContain(ofProduct)
    const text = (await place.codex(kind, 'list')).out
    expect(text).toMatch(new RegExp(`${ofToolkit} +toolkit regex +`))
    expect(text).toMatch(new RegExp(`${ofRepository} +repository +`))
    expect(text).toContain('On https://toolbox.example.org.')
  })

  test('are listed without a Toolbox, and it is said that none was asked', async () => {
    using place = openRepository(repository)
    const { out, code } = await place.codex(kind, 'list')
    expect(code).toBe(0)
    expect(out).toContain(ofRepository)
    expect(out).toContain('No Toolbox was asked')
    expect(JSON.parse((await place.codex(kind, 'list', '--json')).out).toolbox).toBeNull()
  })

  test('are listed as far as they are known when the Toolbox does not tell', async () => {
    using place = openRepository(repository, {})
    const { out, err, code } = await place.codex(kind, 'list')
    expect(code).toBe(0)
    expect(out).toContain(ofProduct)
    expect(err).toMatch(/^What toolkits add is not listed: The persona may not call codex\.list/)
  })

  test('are shown with who adds them, the toolkit asked for its own alone', async () => {
    using place = openRepository(repository, connected)
    for (const [name, from] of [
      [ofProduct, 'product'],
      [ofRepository, 'repository'],
    ]) {
      expect(JSON.parse((await place.codex(kind, 'show', name ?? '', '--json')).out)).toMatchObject({ from })
    }
    expect(place.asked).toEqual([])
    const { out } = await place.codex(kind, 'show', ofToolkit)
    expect(out).toMatch(new RegExp(`^# from: toolkit regex\n[\\s\\S]*slug: ${ofToolkit}`))
  })
})

describe('a prompt', () => {
  const composing = ['compose', '--persona', 'regex.tester', '--task', 'regex.vet-pattern']

  test("of a toolkit's task and persona is composed from what its Toolbox is", async () => {
    using place = openRepository(repository, connected)
    const { out, code } = await place.prompt(...composing)
    expect(code).toBe(0)
    expect(out).toContain('persona: regex.tester\ntask: regex.vet-pattern\n')
    expect(out).toContain('Installation: SRE Toolbox 1.2.3')
  })

  test("of this repository's task and persona is composed and checked offline", async () => {
    using place = openRepository(repository)
    const file = 'ai/prompts/look.md'
    const words = ['compose', '--persona', 'db-keeper', '--task', 'look-at-jobs', '--output', file]
    expect((await place.prompt(...words, '--pull-request', '#4')).code).toBe(0)
    expect(await place.prompt('check')).toMatchObject({ code: 0, out: '1 prompt in order.\n' })
  })

  test('that names what a toolkit adds is checked against that with --live, and taken on trust without', async () => {
    using place = openRepository(repository, connected)
    await place.prompt(...composing, '--pull-request', '#4', '--output', 'ai/prompts/vet.md')
    expect(await place.prompt('check')).toMatchObject({ code: 0, out: '1 prompt in order.\n' })
    expect(await place.prompt('check', '--live')).toMatchObject({ code: 0, out: '1 prompt in order.\n' })
    place.write('ai/prompts/vet.md', place.read('ai/prompts/vet.md').replaceAll('vet-pattern', 'vet-patern'))
    expect((await place.prompt('check', '--live')).out).toContain('task_unknown')
  })

  test('of a toolkit is refused where no Toolbox can be asked', async () => {
    using place = openRepository(repository)
    expect(await place.prompt(...composing)).toMatchObject({ code: 2 })
  })
})

test("whose origin is not there fails the repository's check", async () => {
  using place = openRepository({ 'ai/prompts/mine.md': '---\npersona: sre-orchestrator\n---\n# Mine\n' })
  const { out, code } = await place.codex('check')
  expect(out).toContain('ai/prompts/mine.md:1:1 error origin_missing')
  expect(code).toBe(1)
})
