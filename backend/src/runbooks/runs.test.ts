import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Api, bearer, cookie, makeToken, signIn } from '../../../test/support/api.ts'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'
import { answer, begin, readJob, readRun, untilEnded, untilJob, untilStep } from './test/runs.ts'
import { slowHost } from './test/slow-host.ts'

describe('tasks of the library as jobs', { timeout: 30_000 }, () => {
  let at: Toolbox
  /** The superuser by token, and the same person signed in. */
  let api: Api
  let person: Api
  beforeAll(async () => {
    at = await startToolbox()
    api = at.api
    person = at.anyone.as(cookie(at.session))
  })
  afterAll(() => at[Symbol.asyncDispose]())

  async function userWith(username: string, roles: string[]) {
    const password = `the password of ${username}`
    const summary = 'a user for a test'
    await api.ask('POST', '/api/users', { body: { username, password, roles, summary } })
    const signedIn = at.anyone.as(cookie(await signIn(at.anyone, username, password)))
    return { signedIn, token: at.anyone.as(bearer(await makeToken(signedIn))) }
  }
  const switched = (action: string) => ({ slug: 'regex', action, justification: 'it is noisy' })
  const audited = async (operation: string) =>
    (await api.ask<{ items: Record<string, unknown>[] }>('GET', `/api/audit?operation=${operation}`)).items

  it('run step by step, are shown like any job, and keep evidence and report', async () => {
    const id = await begin(api, 'audit-toolkits', {})
    const { run, report, markdown } = await untilEnded(api, id)
    expect(run).toMatchObject({ task: 'audit-toolkits', outcome: 'succeeded', jobStatus: 'succeeded' })
    expect(report.success.every(({ met }) => met)).toBe(true)
    expect(report.evidence.toolkits).toContainEqual(expect.objectContaining({ slug: 'regex', enabled: true }))
    expect(markdown).toContain('# Audit toolkits and flag the disabled ones: succeeded')
    expect(await readJob(api, id)).toMatchObject({
      toolkit: 'codex',
      operation: 'runTask',
      progress: {
        percent: 100,
        unit: 'steps',
        steps: [{ id: 'all', status: 'succeeded' }, { id: 'details' }],
      },
      result: { outcome: 'succeeded' },
    })
    const { items } = await api.ask<{ items: unknown[] }>('GET', '/api/codex/runs?task=audit-toolkits')
    expect(items).toMatchObject([{ id }])
  })

  it('refuse inputs that are not those of the task, all at once', async () => {
    const body = { inputs: { action: 'burn', colour: 'red' } }
    expect(await api.call('POST', '/api/codex/tasks/switch-toolkit/runs', { body })).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: 'inputs.colour' },
          { path: 'inputs.slug' },
          { path: 'inputs.action', message: 'must be one of enable, disable' },
          { path: 'inputs.justification' },
        ],
      },
    })
  })

  it('name the operations that are missing here', async () => {
    const body = { inputs: { provider: 'okta', secret: 'secret:auth/okta#secret', summary: 'it leaked' } }
    const refused = await api.call('POST', '/api/codex/tasks/rotate-provider-secret/runs', { body })
    expect(refused).toMatchObject({
      status: 409,
      body: { missing: expect.arrayContaining(['authProviders.rotateSecret']) },
    })
  })

  describe('at an approval point', () => {
    it('wait for a person, hold no worker, and go on once somebody signed in approves', async () => {
      const id = await begin(api, 'switch-toolkit', switched('disable'))
      await untilJob(api, id, 'waiting_approval')
      expect((await readRun(api, id)).run).toMatchObject({
        outcome: 'waiting',
        waitingFor: { step: 'disable', question: expect.stringContaining('regex') },
      })
      expect(await answer(person, id, 'show', 'approve')).toMatchObject({ status: 409 })
      expect(await answer(person, id, 'disable', 'approve', 'go on')).toMatchObject({ status: 200 })
      const { report } = await untilEnded(api, id)
      expect(report).toMatchObject({ outcome: 'succeeded', evidence: { after: { enabled: false } } })
      expect(report.steps.find((step) => step.id === 'disable')?.approval).toMatchObject({
        answer: 'approved',
        by: 'root',
        comment: 'go on',
      })
      expect((await readJob(api, id)).attempts.map(({ outcome }) => outcome)).toEqual([
        'waiting',
        'succeeded',
      ])
      expect(await audited('toolkits.disable')).toContainEqual(
        expect.objectContaining({ requestId: `job ${id}`, outcome: 'succeeded' }),
      )
      await api.ask('POST', '/api/toolkits/regex/enable', { body: { justification: 'the test is over' } })
    })

    it('take no word of an API token, whoever holds it', async () => {
      const id = await begin(api, 'switch-toolkit', switched('disable'))
      await untilJob(api, id, 'waiting_approval')
      expect(await answer(api, id, 'disable', 'approve')).toMatchObject({
        status: 403,
        body: { code: 'token_forbids' },
      })
      const body = { inputs: switched('disable'), confirmed: ['disable'] }
      expect(await api.call('POST', '/api/codex/tasks/switch-toolkit/runs', { body })).toMatchObject({
        status: 403,
        body: { code: 'token_forbids' },
      })
      expect((await readJob(api, id)).status).toBe('waiting_approval')
      await api.ask('POST', `/api/jobs/${id}/cancel`, { body: {} })
      expect((await readRun(api, id)).report.outcome).toBe('cancelled')
    })

    it('take no word of a person who may not do the step', async () => {
      const { signedIn } = await userWith('plain', ['toolkit.user'])
      const id = await begin(api, 'switch-toolkit', switched('disable'))
      await untilJob(api, id, 'waiting_approval')
      expect(await answer(signedIn, id, 'disable', 'approve')).toMatchObject({
        status: 403,
        body: { code: 'role_missing' },
      })
      expect(await answer(person, id, 'disable', 'reject', 'not today')).toMatchObject({ status: 200 })
      const { report } = await untilEnded(api, id)
      expect(report.outcome).toBe('rejected')
      expect((await readJob(api, id)).error?.message).toMatch(/rejected by root: not today/)
      expect(await api.ask('GET', '/api/toolkits/regex')).toMatchObject({ toolkit: { enabled: true } })
    })

    it('need not wait where the person who asked for the run has approved the step', async () => {
      const id = await begin(person, 'switch-toolkit', switched('disable'), { confirmed: ['disable'] })
      expect((await untilEnded(api, id)).report.outcome).toBe('succeeded')
      await api.ask('POST', '/api/toolkits/regex/enable', { body: { justification: 'the test is over' } })
    })
  })

  describe('gain nobody a right', () => {
    it('are refused a step that who asked may not take, word for word, with what to do instead', async () => {
      const { token } = await userWith('user', ['toolkit.user'])
      const inputs = { username: 'x', displayName: 'X', password: 'secret:x/y#z', summary: 'one more' }
      const id = await begin(token, 'add-operator', inputs)
      const { report } = await untilEnded(token, id)
      expect(report).toMatchObject({ outcome: 'refused', fallback: expect.stringContaining('/admin/users') })
      expect(report.steps[0]?.error).toMatchObject({ code: 'role_missing', requiredRole: 'superuser' })
      expect(await readJob(api, id)).toMatchObject({ status: 'failed', error: { code: 'role_missing' } })
    })

    it('stay within the token they were asked with', async () => {
      const token = await makeToken(person, { operations: ['codex.*', 'jobs.get'] })
      const id = await begin(at.anyone.as(bearer(token)), 'audit-toolkits', {})
      const { report } = await untilEnded(api, id)
      expect(report.steps[0]?.error?.code).toBe('token_forbids')
    })
  })

  it('use secrets by reference, which are nowhere but in the one call', async () => {
    const password = 'the first of many passwords'
    await api.ask('PUT', '/api/secrets/users/eve', { body: { values: { password } } })
    const inputs = {
      username: 'eve',
      displayName: 'Eve',
      password: 'secret:users/eve#password',
      summary: 'a new operator',
    }
    const id = await begin(api, 'add-operator', inputs)
    const shown = await untilEnded(api, id)
    expect(shown.report).toMatchObject({
      outcome: 'succeeded',
      evidence: { operator: [{ username: 'eve' }] },
    })
    expect(await signIn(at.anyone, 'eve', password)).toBeTruthy()
    const everywhere = [
      shown,
      await readJob(api, id),
      await audited('codex.runTask'),
      await audited('users.create'),
    ]
    expect(JSON.stringify(everywhere)).not.toContain(password)

    // A secret in place of its reference is refused, and not kept either.
    const plain = { ...inputs, password: 'a password in plain' }
    const refused = await api.call('POST', '/api/codex/tasks/add-operator/runs', { body: { inputs: plain } })
    expect(refused.status).toBe(400)
    const local = { ...inputs, password: 'env:PATH' }
    expect(
      (await api.call('POST', '/api/codex/tasks/add-operator/runs', { body: { inputs: local } })).status,
    ).toBe(400)
    expect(refused.text + JSON.stringify(await audited('codex.runTask'))).not.toContain('a password in plain')
  })

  it('retry a job, wait for its end, and show the broker before and after', async () => {
    const submission = {
      toolkit: 'latency-sleuth',
      operation: 'probe',
      input: { url: 'http://127.0.0.1:9/', count: 1 },
    }
    const { job } = await api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body: submission })
    await untilJob(api, job.id, 'succeeded')
    const inputs = { jobId: job.id, action: 'retry', reason: 'the host is back' }
    const { report } = await untilEnded(api, await begin(api, 'retry-or-cancel-job', inputs))
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({
      outcome: 'succeeded',
      evidence: {
        newJob: { retryOf: job.id },
        newJobEnded: { status: 'succeeded' },
        brokerAfter: { keys: [] },
      },
    })
  })

  it('go on where they stopped when their job is retried', async () => {
    const id = await begin(api, 'switch-toolkit', switched('disable'))
    await untilJob(api, id, 'waiting_approval')
    await answer(person, id, 'disable', 'reject')
    await untilEnded(api, id)
    const { job } = await person.ask<{ job: { id: string } }>('POST', `/api/jobs/${id}/retry`, {
      body: { reason: 'now it is wanted' },
    })
    await untilJob(api, job.id, 'waiting_approval')
    const [before, after] = [await readRun(api, id), await readRun(api, job.id)]
    expect(after.report.steps[0]).toEqual(before.report.steps[0])
    await api.ask('POST', `/api/jobs/${job.id}/cancel`, { body: {} })
  })

  it('stop within a step when they are cancelled', async () => {
    await using host = await slowHost()
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input: { url: host.url, count: 1 } }
    const { job } = await api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })
    await untilJob(api, job.id, 'succeeded')
    host.hold()
    const inputs = { jobId: job.id, action: 'retry', reason: 'again' }
    const id = await begin(api, 'retry-or-cancel-job', inputs)
    await untilStep(api, id, 'retried', 'running')
    await api.ask('POST', `/api/jobs/${id}/cancel`, { body: { reason: 'it takes too long' } })
    const { report, run } = await untilEnded(api, id)
    expect([run.jobStatus, report.outcome]).toEqual(['cancelled', 'cancelled'])
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'effect_unknown' }))
    expect((await readJob(api, id)).cancellation?.stage).toBe('handler')
  })

  it('tell the journal of the workspace they were asked for', async () => {
    const directory = join(at.dataDirectory, '..', `workspace-${Date.now()}`)
    await mkdir(directory)
    const { workspace } = await api.ask<{ workspace: { id: string } }>('POST', '/api/codex/workspaces', {
      body: { name: 'here', directory, initialise: true },
    })
    const id = await begin(api, 'audit-toolkits', {}, { workspaceId: workspace.id })
    await untilEnded(api, id)
    expect(await readFile(join(directory, 'ai/state/journal.md'), 'utf8')).toContain('Ran `audit-toolkits`')
    const { items } = await api.ask<{ items: unknown[] }>(
      'GET',
      `/api/codex/runs?workspaceId=${workspace.id}`,
    )
    expect(items).toMatchObject([{ id, workspaceId: workspace.id }])
  })
})
