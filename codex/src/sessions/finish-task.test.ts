import { describe, expect, test } from 'vitest'
import { scratch, smallBacklog, testDeps } from '../../test/scratch.ts'
import { workspaceAt } from '../workspace/workspace.ts'
import { type DoneRequest, finishTask } from './finish-task.ts'
import { pullRequestBody } from './pull-request.ts'
import { createSessions } from './sessions.ts'

const template = `## What changed

<!-- - [ ] an example -->
- [ ] Tests pass (\`test -f proof\`)
- [x] I read the guide
- [ ] Screenshots attached
`

const request: DoneRequest = {
  lesson: 'queues need fences',
  outcomes: [{ kind: 'api', text: 'GET /api/jobs answers 200' }],
  verify: [],
  boxes: { confirm: [], run: [], waive: new Map() },
  commit: false,
}
const answered = { confirm: [], run: [1], waive: new Map([[3, 'no interface touched']]) }

async function started(files: Record<string, string> = {}) {
  const place = scratch({ 'docs/TODO.yaml': smallBacklog, ...files })
  const deps = testDeps(place.root)
  const sessions = createSessions(deps)
  await sessions.start({})
  const output: string[] = []
  const done = (changes: Partial<DoneRequest> = {}) =>
    finishTask(deps, { ...request, ...changes }, (text) => void output.push(text))
  return { ...place, deps, sessions, done, output }
}

describe('done', () => {
  test('needs a lesson and an outcome that can be seen', async () => {
    using place = await started()
    await expect(place.done({ lesson: ' ' })).rejects.toMatchObject({ code: 'no_lesson' })
    await expect(place.done({ outcomes: [] })).rejects.toMatchObject({ code: 'no_outcome' })
    expect(place.read('docs/TODO.yaml')).toContain('in_progress')
  })

  test('takes one answer to a box, not two that speak against each other', async () => {
    using place = await started({ '.github/PULL_REQUEST_TEMPLATE.md': template })
    const boxes = { confirm: [3], run: [1], waive: new Map([[3, 'no interface touched']]) }
    await expect(place.done({ boxes })).rejects.toMatchObject({ code: 'box_twice' })
    expect(place.read('docs/TODO.yaml')).toContain('in_progress')
  })

  test('moves the task, journals the lesson and clears the focus', async () => {
    using place = await started()
    await place.done()
    expect(place.read('docs/TODO.yaml')).toContain('status: done # soon')
    expect(JSON.parse(place.read('ai/state/progress.json'))).toMatchObject({
      active_task: null,
      why: null,
      last_task_id: 'jobs/engine',
    })
    const journal = place.read('ai/state/journal.md')
    expect(journal).toContain('Done. Outcome (not checked by a command): api: GET /api/jobs answers 200')
    expect(journal).toContain('Lesson: queues need fences')
    await expect(place.done()).rejects.toMatchObject({ code: 'no_session' })
  })

  test('runs the checks, keeps their output out of the files, and stays open when one fails', async () => {
    using place = await started()
    await expect(place.done({ verify: ['echo s3cret; exit 3'] })).rejects.toThrow(/failed \(exit code 3\)/)
    expect(place.output.join('')).toBe('s3cret\n')
    expect(place.read('docs/TODO.yaml')).toContain('in_progress')
    await place.done({ verify: ['echo s3cret'] })
    const journal = place.read('ai/state/journal.md')
    expect(journal).toContain('checked by `echo s3cret`')
    expect(journal.replaceAll('echo s3cret', '')).not.toContain('s3cret')
  })

  test('wants every box of the pull-request template confirmed, run or waived with a reason', async () => {
    using place = await started({ '.github/PULL_REQUEST_TEMPLATE.md': template })
    await expect(place.done()).rejects.toThrow(/1\. Tests pass .*\n {2}3\. Screenshots attached/)
    await expect(place.done({ boxes: { ...answered, waive: new Map([[3, ' ']]) } })).rejects.toMatchObject({
      code: 'no_reason',
    })
    await expect(place.done({ boxes: { ...answered, run: [1, 3] } })).rejects.toMatchObject({
      code: 'no_command',
    })
    await expect(place.done({ boxes: { ...answered, confirm: [4] } })).rejects.toMatchObject({
      code: 'unknown_box',
    })
    await expect(place.done({ boxes: answered })).rejects.toMatchObject({ code: 'check_failed' })
    place.write('proof', '')
    await place.done({ boxes: answered })
    expect(place.read('ai/state/journal.md')).toContain(
      'Box waived: Screenshots attached (no interface touched)',
    )
  })

  test('is refused when the task was taken over while the checks ran', async () => {
    using place = await started()
    place.deps.advance(300)
    const bob = createSessions({ ...place.deps, actor: () => 'bob' })
    const takeOver = bob.start({ task: 'engine', detached: true })
    const attempt = place.done({ verify: ['sleep 1'] })
    await takeOver
    await expect(attempt).rejects.toMatchObject({ code: 'fenced' })
    expect(place.read('docs/TODO.yaml')).toContain('in_progress')
  })
})

describe('done in a git checkout', () => {
  async function startedInGit() {
    const place = scratch({ 'docs/TODO.yaml': smallBacklog, 'src/app.js': 'old\n' })
    place.git('init', '--quiet')
    place.git('config', 'user.name', 'test')
    place.git('config', 'user.email', 'test@localhost')
    place.git('add', '.')
    place.git('commit', '--quiet', '-m', 'Begin')
    const deps = testDeps(place.root)
    await createSessions(deps).start({})
    const done = (commit: DoneRequest['commit']) => finishTask(deps, { ...request, commit }, () => {})
    return { ...place, done }
  }

  test('puts code and docs into one commit', async () => {
    using place = await startedInGit()
    place.write('src/app.js', 'new\n')
    place.git('add', 'src')
    const { commit } = await place.done({ all: false })
    expect(place.git('rev-parse', 'HEAD')).toBe(commit)
    const files = place.git('show', '--name-only', '--format=%s').split('\n')
    expect(files).toEqual(
      expect.arrayContaining(['Build the engine', 'docs/TODO.yaml', 'ai/state/journal.md', 'src/app.js']),
    )
    expect(place.git('status', '--porcelain')).toBe('')
  })

  test('says in the journal and in the pull request which code and docs changed', async () => {
    using place = await startedInGit()
    place.write('src/app.js', 'new\n')
    place.write('docs/engine.md', '# How to start it\n')
    place.git('add', 'src')
    await place.done({ all: true })
    expect(place.read('ai/state/journal.md')).toContain('Changed: `docs/engine.md`, `src/app.js`')
    const body = await pullRequestBody(workspaceAt(place.root), 'engine')
    expect(body).toContain('### Changed\n\n- `src/app.js`\n\n### Documentation\n\n- `docs/engine.md`\n')
  })

  test('refuses to leave unstaged changes behind, and changes nothing then', async () => {
    using place = await startedInGit()
    place.write('src/app.js', 'new\n')
    place.write('src/extra.js', 'new\n')
    await expect(place.done({ all: false })).rejects.toThrow(/src\/app\.js, src\/extra\.js/)
    expect(place.read('docs/TODO.yaml')).toContain('in_progress')
    await place.done({ all: true, message: 'Turn the engine on' })
    expect(place.git('show', '--name-only', '--format=%s')).toContain('src/extra.js')
  })
})

describe('pr', () => {
  test("prints the pull request's body with its evidence and the template's boxes answered", async () => {
    using place = await started({ '.github/PULL_REQUEST_TEMPLATE.md': template, proof: '' })
    await expect(pullRequestBody(place.deps.workspace, undefined)).rejects.toMatchObject({ code: 'not_done' })
    await place.sessions.note('measured 19,500 jobs/s')
    await place.done({ boxes: answered, verify: ['true'] })
    const body = await pullRequestBody(place.deps.workspace, 'engine')
    expect(body).toContain('### Outcome\n\napi: GET /api/jobs answers 200')
    expect(body).toContain('- `true` succeeded')
    expect(body).toContain('- measured 19,500 jobs/s')
    expect(body).toContain('### Lesson\n\nqueues need fences')
    expect(body).toContain(
      '- [x] Tests pass (`test -f proof`)\n- [x] I read the guide\n- [ ] Screenshots attached — box waived: no interface touched',
    )
    expect(body).toContain('<!-- - [ ] an example -->')
  })
})
