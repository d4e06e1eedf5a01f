import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RealToolbox, startRealToolbox } from './real-toolbox.ts'

describe('toolbox codex tasks', { timeout: 30_000 }, () => {
  let box: RealToolbox
  let repository: string
  beforeAll(async () => {
    box = await startRealToolbox()
    await box.signIn()
    repository = join(box.dataDirectory, '..', 'repository')
    await mkdir(repository)
    await inRepository('init')
  }, 60_000)
  afterAll(() => box[Symbol.asyncDispose]())

  /** Runs `toolbox codex …` in a repository of its own. */
  const inRepository = (...args: string[]) => box.toolbox(['codex', ...args], { cwd: repository })
  const task = (...args: string[]) => inRepository('tasks', 'run', ...args, '--json')
  const report = (stdout: string) => JSON.parse(stdout)
  const journal = () => readFile(join(repository, 'ai/state/journal.md'), 'utf8')
  const probe = async () => {
    const input = { url: 'http://127.0.0.1:9/', count: 1 }
    const submitted = await box.toolbox([
      'run',
      'latency-sleuth.probe',
      '--input',
      JSON.stringify(input),
      '--json',
    ])
    return JSON.parse(submitted.stdout).job.id as string
  }

  it('lists which tasks can run here, and what the others need', async () => {
    const { items } = report((await inRepository('tasks', 'list', '--json')).stdout)
    const of = (slug: string) => items.find((each: { slug: string }) => each.slug === slug)
    expect(items.filter((each: { slug: string }) => !each.slug.includes('.'))).toHaveLength(12)
    expect(of('inspect-failed-jobs').missing).toEqual([])
    expect(of('rotate-provider-secret').missing).toEqual(
      expect.arrayContaining(['authProviders.rotateSecret']),
    )
  })

  it('names what is missing instead of running half a task', async () => {
    const { code, stderr } = await task(
      'rotate-provider-secret',
      '--input',
      '{"provider":"okta","secret":"secret:auth/okta#client_secret","summary":"it leaked"}',
    )
    expect(code).toBe(69)
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'not_offered',
      detail: expect.stringContaining('authProviders.rotateSecret'),
    })
  })

  it('audits toolkits, and tells the journal of the repository', async () => {
    const { code, stdout } = await task('audit-toolkits')
    expect(code).toBe(0)
    expect(report(stdout)).toMatchObject({ outcome: 'succeeded', journalled: true, findings: [] })
    expect(await journal()).toContain('Ran `audit-toolkits`')
  })

  it("lists, shows and runs the tasks of the Toolbox's toolkits", async () => {
    const { items } = report((await inRepository('tasks', 'list', '--json')).stdout)
    expect(items).toContainEqual(
      expect.objectContaining({ slug: 'regex.vet-pattern', missing: [], from: 'toolkit:regex' }),
    )
    const shown = report((await inRepository('tasks', 'show', 'regex.vet-pattern', '--json')).stdout)
    expect(shown).toMatchObject({
      slug: 'regex.vet-pattern',
      persona: 'sre-orchestrator',
      from: 'toolkit:regex',
    })

    const url = `${box.url}/healthz`
    const { code, stdout } = await task(
      'latency-sleuth.check-budget',
      '--input',
      JSON.stringify({ url, budgetMs: 60_000, samples: 3 }),
    )
    expect(report(stdout)).toMatchObject({
      outcome: 'succeeded',
      journalled: true,
      evidence: { measured: { url, count: 3, failed: 0 }, verdict: { withinBudget: true } },
    })
    expect(code).toBe(0)
  })

  it("says which tasks there are when a toolkit's is not", async () => {
    const { code, stderr } = await task('regex.absent')
    expect(code).toBe(4)
    expect(JSON.parse(stderr).detail).toContain('regex.vet-pattern')
  })

  it('adds to the entry of the session that is open', async () => {
    await inRepository('add-area', 'toolkits', '--title', 'Toolkits')
    await inRepository('add', 'toolkits/audit', '--title', 'Audit them')
    await inRepository('start', 'toolkits/audit', '--why', 'it is due')
    await task('audit-toolkits')
    const [, entry = ''] = (await journal()).split('- Task: `toolkits/audit`')
    expect(entry).toContain('Ran `audit-toolkits`')
    await inRepository('finish', 'audited')
  })

  it('stops at an approval point where nobody can be asked, and goes on there once somebody has said yes', async () => {
    const inputs = JSON.stringify({ slug: 'regex', action: 'disable', justification: 'it is noisy' })
    const stopped = await task('switch-toolkit', '--input', inputs)
    expect(stopped.code).toBe(1)
    const { outcome, stateFile } = report(stopped.stdout)
    expect(outcome).toBe('waiting')
    expect(await box.get('/toolkits/regex')).toMatchObject({ toolkit: { enabled: true } })

    const approved = await task('switch-toolkit', '--state', stateFile, '--yes-to', 'disable')
    expect(approved.code).toBe(0)
    expect(report(approved.stdout)).toMatchObject({
      outcome: 'succeeded',
      evidence: { before: { enabled: true }, after: { slug: 'regex', enabled: false } },
    })
    expect(await box.get('/toolkits/regex')).toMatchObject({ toolkit: { enabled: false } })
    const flagged = report((await task('audit-toolkits', '--no-journal')).stdout)
    expect(flagged.evidence.disabled).toEqual([{ slug: 'regex', name: 'Regex', version: expect.any(String) }])
  })

  it('retries a job, waits for its end and shows the broker before and after', async () => {
    const jobId = await probe()
    await box.toolbox(['jobs', 'logs', jobId, '--follow'])
    const inputs = JSON.stringify({ jobId, action: 'retry', reason: 'the host is back' })
    const { code, stdout } = await task('retry-or-cancel-job', '--input', inputs)
    expect(code).toBe(0)
    expect(report(stdout).evidence).toMatchObject({
      brokerBefore: { engine: expect.any(String), keys: expect.any(Array) },
      newJob: { retryOf: jobId },
      newJobEnded: { status: 'succeeded' },
      brokerAfter: { brokerState: 'absent' },
    })
  })

  it('adds an operator whose first password is nowhere but where it came from', async () => {
    const secret = join(box.dataDirectory, '..', 'first-password')
    await writeFile(secret, 'a horse that is correct\n')
    const inputs = {
      username: 'eve',
      displayName: 'Eve',
      roles: ['toolkit.curator'],
      password: `file:${secret}`,
      summary: 'a new operator',
    }
    const { code, stdout, stderr } = await task('add-operator', '--input', JSON.stringify(inputs))
    expect(code).toBe(0)
    const { evidence, stateFile } = report(stdout)
    expect(evidence.operator).toMatchObject([{ username: 'eve', roles: ['toolkit.curator'] }])
    const kept = [stdout, stderr, await readFile(stateFile, 'utf8'), await journal()]
    expect(kept.join('\n')).not.toContain('a horse that is correct')
    expect((await box.signIn('eve', 'a horse that is correct')).code).toBe(0)
  })

  it('reports a missing role word for word with what to do instead, and ends with 3', async () => {
    const inputs = { username: 'mallory', displayName: 'M', password: 'env:PW', summary: 'one more' }
    const refused = await box.toolbox(
      ['codex', 'tasks', 'run', 'add-operator', '--input', JSON.stringify(inputs), '--json'],
      { cwd: repository, env: { PW: 'long enough for a password' } },
    )
    expect(refused.code).toBe(3)
    expect(report(refused.stdout)).toMatchObject({
      outcome: 'refused',
      steps: [
        {
          error: {
            code: 'role_missing',
            message:
              'users.create needs the role superuser, which eve does not hold. Ask an administrator for it.',
            requiredRole: 'superuser',
          },
        },
        { status: 'pending' },
      ],
      fallback: expect.stringContaining('/admin/users'),
    })
    await box.signIn()
  })

  it('lists every missing and wrong input at once, and asks no server', async () => {
    const { code, stderr } = await task('switch-toolkit', '--input', 'action=burn', '--input', 'colour=red')
    expect(code).toBe(2)
    expect(JSON.parse(stderr).errors).toEqual([
      { path: 'colour', message: expect.stringContaining('is no input') },
      { path: 'slug', message: expect.stringContaining('is missing') },
      { path: 'action', message: 'must be one of enable, disable' },
      { path: 'justification', message: expect.stringContaining('is missing') },
    ])
  })

  it('does not repeat what was given in the place of a reference to a secret', async () => {
    const { code, stderr } = await task('add-operator', '--input', 'password=hunter2 hunter2')
    expect(code).toBe(2)
    expect(stderr).not.toContain('hunter2')
  })

  it('says that nothing answers, or that nobody is signed in', async () => {
    const nowhere = await task('audit-toolkits', '--url', 'http://127.0.0.1:9')
    expect(nowhere.code).toBe(69)
    const stranger = await box.toolbox(['codex', 'tasks', 'run', 'audit-toolkits'], {
      cwd: repository,
      env: { XDG_CONFIG_HOME: '/nonexistent' },
    })
    expect(stranger.code).toBe(3)
  })
})
