import { describe, expect, test } from 'vitest'
import { installedFacts } from '../../test/installed-facts.ts'
import { openRepository } from '../../test/open-repository.ts'
import { sarifLog } from '../../test/sarif-log.ts'
import { git } from '../../test/scratch.ts'
import { meaningOf } from '../prompts/codes.ts'

/** A Toolbox whose toolkits add nothing. */
const connected = {
  'codex.facts': () => installedFacts(),
  'codex.listPersonas': () => ({ items: [] }),
  'codex.listTasks': () => ({ items: [] }),
}
const composing = ['compose', '--persona', 'sre-orchestrator', '--task', 'inspect-failed-jobs']

describe('prompt compose', () => {
  test('prints a prompt, or writes it where it then passes the check', async () => {
    using place = openRepository()
    const printed = await place.prompt(...composing)
    expect(printed).toMatchObject({ code: 0, err: '' })
    const file = 'ai/prompts/failed.md'
    expect((await place.prompt(...composing, '--output', file)).out).toMatch(/^Wrote .*failed\.md, sha256:/)
    expect(place.read(file)).toBe(printed.out)
    const checked = await place.prompt('check')
    expect(checked).toMatchObject({ err: '', code: 0 })
    expect(checked.out).toMatch(
      /^ai\/prompts\/failed\.md:\d+:1 hint origin_no_pull_request: .*\n1 prompt in order\.\n$/,
    )
  })

  test('names the pull request and what documents it, so that no hint is left', async () => {
    using place = openRepository({ 'ai/ops/codex.md': '# Playbook' })
    await place.prompt(...composing, '--pull-request', '#12', '--output', 'ai/prompts/failed.md')
    expect(place.read('ai/prompts/failed.md')).toContain(
      'origin:\n  pullRequest: "#12"\n  docs: [ai/ops/codex.md]\n',
    )
    expect(await place.prompt('check')).toEqual({ out: '1 prompt in order.\n', err: '', code: 0 })
  })

  test('does not replace a file that says something else, unless it is forced to', async () => {
    using place = openRepository({ 'mine.md': 'mine' })
    expect(await place.prompt(...composing, '--output', 'mine.md')).toMatchObject({ code: 5 })
    expect(place.read('mine.md')).toBe('mine')
    expect(await place.prompt(...composing, '--output', 'mine.md', '--force')).toMatchObject({ code: 0 })
  })

  test('takes inputs by their types, and refuses what does not fit', async () => {
    using place = openRepository()
    expect((await place.prompt(...composing, '--input', 'limit=7')).out).toContain('"limit":7')
    expect(await place.prompt(...composing, '--input', 'limit=many')).toMatchObject({ code: 2 })
    expect(await place.prompt(...composing, '--input', 'limit')).toMatchObject({ code: 2 })
  })

  test('takes the state of the Toolbox that one is signed in to', async () => {
    using place = openRepository({}, connected)
    expect((await place.prompt(...composing, '--live')).out).toContain('Installation: SRE Toolbox 1.2.3')
    expect(place.asked).toEqual(['codex.facts'])
  })
})

describe('facts', () => {
  test('are exported, and prompts made and checked by the file later', async () => {
    using place = openRepository({}, connected)
    expect(JSON.parse((await place.codex('facts', '--json')).out)).toEqual(installedFacts())
    expect((await place.codex('facts', '--output', 'facts.json')).out).toMatch(
      /^Wrote facts\.json: \d+ operations, 2 toolkits/,
    )
    expect(JSON.parse(place.read('facts.json'))).toEqual(installedFacts())
    const facts = ['--facts', `${place.root}/facts.json`]
    const { out } = await place.prompt(...composing, ...facts)
    place.write('ai/prompts/failed.md', out)
    expect(await place.prompt('check', ...facts)).toMatchObject({ code: 0 })
  })

  test.each([
    ['is not there', 'absent.json', /can't be read/],
    ['says too little', 'little.yaml', /incomplete/],
  ])('are refused from a file that %s', async (_what, file, expected) => {
    using place = openRepository({ 'little.yaml': 'roles: []\n' })
    const refused = await place.prompt('check', '--facts', `${place.root}/${file}`)
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(expected)
  })

  test('can not be live where nothing can ask a Toolbox', async () => {
    using place = openRepository()
    expect(await place.prompt('check', '--live')).toMatchObject({ code: 2 })
    expect(await place.codex('facts')).toMatchObject({ code: 2 })
  })
})

describe('prompt check', () => {
  const bad = '# No prompt\n'

  test('exits with 1 when a prompt has faults, and tells each with its place and fix', async () => {
    using place = openRepository({ 'ai/prompts/bad.md': bad })
    const { out, code } = await place.prompt('check')
    expect(code).toBe(1)
    expect(out).toContain(
      'ai/prompts/bad.md:1:1 error front_matter_missing: The prompt does not begin with front matter. Fix: ',
    )
    const { checked, findings } = JSON.parse((await place.prompt('check', '--json')).out)
    expect(checked).toEqual(['ai/prompts/bad.md'])
    expect(findings[0]).toMatchObject({ code: 'front_matter_missing', line: 1, column: 1, severity: 'error' })
  })

  test('takes files and patterns, and says when nothing fits', async () => {
    using place = openRepository({ 'ai/prompts/a.md': bad, 'other/b.md': bad })
    const checked = async (...files: string[]) =>
      JSON.parse((await place.prompt('check', ...files, '--json')).out || '{}').checked
    expect(await checked('other/*.md', 'ai/**/*.md', 'other/b.md')).toEqual(['ai/prompts/a.md', 'other/b.md'])
    expect(await place.prompt('check', 'none/*.md')).toMatchObject({ code: 4 })
    expect(await place.prompt('check', 'none.md')).toMatchObject({ code: 4 })
  })

  test('looks at what the next commit will hold, and at nothing else', async () => {
    using place = openRepository({ 'ai/prompts/a.md': bad, 'ai/prompts/b.md': bad })
    git(place.root, 'init', '-q')
    expect((await place.prompt('check', '--staged')).out).toBe('0 prompts in order.\n')
    git(place.root, 'add', 'ai/prompts/a.md')
    place.write('ai/prompts/a.md', (await place.prompt(...composing)).out)
    const { checked, findings } = JSON.parse((await place.prompt('check', '--staged', '--json')).out)
    expect(checked).toEqual(['ai/prompts/a.md'])
    expect(findings).not.toEqual([])
    git(place.root, 'add', 'ai/prompts/a.md')
    expect(await place.prompt('check', '--staged')).toMatchObject({ code: 0 })
  })

  test('gives SARIF 2.1.0, each result with its rule and its place', async () => {
    using place = openRepository({ 'ai/prompts/b d.md': bad })
    const { out, code } = await place.prompt('check', '--sarif')
    expect(code).toBe(1)
    const log = sarifLog.parse(JSON.parse(out))
    const [run] = log.runs
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe('ai/prompts/b%20d.md')
    for (const { ruleId, ruleIndex } of run?.results ?? []) {
      expect(run?.tool.driver.rules[ruleIndex]).toMatchObject({
        id: ruleId,
        shortDescription: { text: meaningOf(ruleId) },
      })
    }
    using fine = openRepository()
    expect(sarifLog.parse(JSON.parse((await fine.prompt('check', '--sarif')).out)).runs[0]?.results).toEqual(
      [],
    )
  })
})

describe('prompt digest', () => {
  test('tells when a text is no longer the one that was pinned, and pins it anew', async () => {
    using place = openRepository()
    await place.prompt(...composing, '--output', 'p.md')
    expect(await place.prompt('digest', 'p.md')).toMatchObject({
      code: 0,
      out: expect.stringContaining('(as pinned)'),
    })
    place.write('p.md', `${place.read('p.md')}\nMore.\n`)
    expect(await place.prompt('digest', 'p.md')).toMatchObject({ code: 1 })
    expect(await place.prompt('check', 'p.md')).toMatchObject({
      code: 1,
      out: expect.stringContaining('digest_stale'),
    })
    expect(await place.prompt('digest', 'p.md', '--pin')).toMatchObject({ code: 0 })
    expect(await place.prompt('check', 'p.md')).toMatchObject({ code: 0 })
  })

  test('has no place in a text without front matter', async () => {
    using place = openRepository({ 'p.md': '# Bare\n' })
    expect(await place.prompt('digest', 'p.md', '--pin')).toMatchObject({ code: 2 })
    expect(place.read('p.md')).toBe('# Bare\n')
  })
})
