import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { operations } from '../../contract/src/index.ts'
import type { JobSummary } from '../../contract/src/jobs.ts'
import { type Api, type Asked, bearer, cookie, signIn } from '../support/api.ts'
import { toRequest } from '../support/operation-request.ts'
import { temporaryDirectory } from '../support/temporary.ts'
import { superuser } from '../support/toolbox.ts'
import { spawnCommand, spawnToolbox } from '../support/toolbox-process.ts'
import { until } from '../support/until.ts'
import { createHunt } from './hunt.ts'
import { contractSamples } from './samples.ts'

const secrets = {
  "the administrator's password": superuser.password,
  'a wrong password': 'canary-wrong-password-7f3a "quoted"',
  "a new user's password": 'canary-new-password-91bc <&>',
  'a changed password': 'canary-changed-password-d2e4',
  'a refused password': 'canary-refused-password-77aa',
  'a password in broken JSON': 'canary-broken-json-5e5e',
  'a password in the address': 'canary-in-the-query-4b1d',
  'a stored secret': 'canary-secret-value-c0ffee',
  'a replaced secret': 'canary-replaced-value-beef',
  'a secret written where a reference belongs': 'canary-settings-literal-1234',
  'a passphrase in an input': 'canary-passphrase-in-input-8080',
  'a token that is not valid': 'tbx_canary-token-that-is-not-valid',
  'the master key': Buffer.from('canary-master-key-of-32-bytes-!!').toString('base64'),
}

test('no secret is ever seen in logs, answers, the database, the audit log or a backup', async () => {
  await using probed = await listen()
  await using outside = await temporaryDirectory()
  await using toolbox = await spawnToolbox({
    settings: {
      LOG_LEVEL: 'debug',
      TOOLBOX_MASTER_KEY: secrets['the master key'],
      TOOLBOX_EXTRA_TOOLKITS: join(import.meta.dirname, 'toolkits'),
    },
  })
  const answers: string[] = []
  const ask = async <Body = unknown>(api: Api, method: string, path: string, asked?: Asked) => {
    const answer = await api.call<Body>(method, path, asked)
    answers.push(`${method} ${path.split('?')[0]} ${answer.status} ${answer.text}`)
    return answer
  }
  const { api, anyone } = toolbox

  // People and how they sign in.
  const summary = 'the canary lives here'
  const ada = { username: 'ada', password: secrets["a new user's password"], superuser: true, summary }
  const made = await ask<{ user: { id: string } }>(api, 'POST', '/api/users', { body: ada })
  expect(made.status).toBe(201)
  const userPath = `/api/users/${made.body.user.id}`
  await ask(api, 'PATCH', userPath, { body: { password: [secrets['a refused password']], summary } })
  await ask(api, 'PATCH', userPath, { body: { pasword: secrets['a refused password'], summary } })
  const session = await signIn(anyone, 'ada', ada.password)
  const inSession = anyone.as(cookie(session))
  const wrong = { username: 'ada', password: secrets['a wrong password'] }
  expect((await ask(anyone, 'POST', '/api/auth/login', { body: wrong })).status).toBe(401)
  await ask(anyone, 'POST', '/api/auth/login', { body: { ...wrong, username: 'nobody' } })
  await ask(anyone, 'POST', `/api/auth/login?password=${secrets['a password in the address']}`, {
    body: wrong,
  })
  await ask(anyone, 'GET', `/api/auth/me?password=${secrets['a password in the address']}`)
  await ask(inSession, 'POST', '/api/auth/password', {
    body: { currentPassword: wrong.password, newPassword: secrets['a refused password'] },
  })
  const change = { currentPassword: ada.password, newPassword: secrets['a changed password'] }
  expect((await ask(inSession, 'POST', '/api/auth/password', { body: change })).status).toBe(200)
  const broken = await fetch(`${toolbox.address}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"username":"ada","password":"${secrets['a password in broken JSON']}"x}`,
  })
  answers.push(await broken.text())

  // Tokens. The one answer that shows a token is left out.
  const minted = await inSession.ask<{ token: string }>('POST', '/api/tokens', { body: { name: 'canary' } })
  expect((await ask(anyone.as(bearer(minted.token)), 'GET', '/api/auth/me')).status).toBe(200)
  await ask(anyone.as(bearer(secrets['a token that is not valid'])), 'GET', '/api/auth/me')
  await ask(anyone.as(bearer(`${minted.token}x`)), 'GET', '/api/auth/me')

  // Secrets, and toolkits that are given them.
  for (const value of [secrets['a replaced secret'], secrets['a stored secret']]) {
    const stored = await ask(api, 'PUT', '/api/secrets/canary', { body: { values: { key: value } } })
    expect(stored.status).toBe(200)
  }
  await ask(api, 'PUT', '/api/secrets/canary', {
    body: { values: { 'no good': secrets['a stored secret'] } },
  })
  const leakySettings = '/api/toolkits/leaky/settings'
  const literal = { credential: secrets['a secret written where a reference belongs'] }
  expect((await ask(api, 'PUT', leakySettings, { body: literal })).status).toBe(400)
  await ask(api, 'PUT', leakySettings, { body: { credential: 'secret:canary#key' } })
  const credentials = [{ host: probed.host, header: 'x-api-key', value: 'secret:canary#key' }]
  const sleuth = await ask(api, 'PUT', '/api/toolkits/latency-sleuth/settings', { body: { credentials } })
  expect(sleuth.status).toBe(200)
  const jobs = await Promise.all([
    runJob(api, { toolkit: 'leaky', operation: 'leak', input: {} }),
    runJob(api, { toolkit: 'latency-sleuth', operation: 'probe', input: { url: probed.url, count: 2 } }),
  ])
  expect(probed.received()).toContain(secrets['a stored secret'])
  for (const input of [{ passphrase: secrets['a passphrase in an input'] }, { length: 'x' }]) {
    const body = { passphrase: secrets['a passphrase in an input'], ...input }
    await ask(api, 'POST', '/api/toolkits/leaky/operations/sign', { body })
  }

  // Everything that can be read.
  for (const { id } of jobs) {
    const samples = contractSamples(id)
    for (const declaration of operations.filter(({ method }) => method === 'GET')) {
      const { method, path } = toRequest(declaration, samples[declaration.id] ?? {})
      await ask(api, method, path)
    }
  }
  for (const path of [
    '/api/audit?limit=200',
    '/api/audit/export',
    leakySettings,
    '/metrics',
    '/readyz',
    '/api/openapi.json',
  ]) {
    await ask(api, 'GET', path)
  }
  await sleep(200)
  const backup = join(outside.path, 'backup.db')
  const [code] = await once(spawnCommand(['backup', '--data-dir', toolbox.dataDirectory, backup]), 'exit')
  expect(code).toBe(0)

  const issued = { 'an API token': minted.token, 'a session cookie': session.slice(session.indexOf('=') + 1) }
  const hunt = createHunt(new Map(Object.entries({ ...secrets, ...issued })))
  hunt.search('the log', Buffer.from(toolbox.output()))
  for (const answer of answers) hunt.search(`the answer ${answer.slice(0, 120)}`, Buffer.from(answer))
  hunt.searchFiles(toolbox.dataDirectory)
  hunt.searchFiles(outside.path)
  expect(hunt.found()).toEqual([])

  // A hunt in which nothing could have been seen proves nothing.
  const log = toolbox.output()
  expect(log).toContain('printed ')
  expect(log).toContain('"operation":"auth.login"')
  expect(answers.join('\n')).toContain('the secret is [redacted]')
  expect(hunt.bytes()).toBeGreaterThan(1_000_000)
}, 60_000)

async function runJob(api: Api, body: object): Promise<JobSummary> {
  const { job } = await api.ask<{ job: JobSummary }>('POST', '/api/jobs', { body })
  return until('the job has ended', async () => {
    const read = await api.ask<{ job: JobSummary }>('GET', `/api/jobs/${job.id}`)
    return read.job.endedAt === null ? null : read.job
  })
}

/** A server that takes the credentials it is sent. */
async function listen() {
  const received: unknown[] = []
  const server = createServer((request, response) => {
    received.push(request.headers['x-api-key'])
    response.end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `http://${host}/`,
    received: () => received,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
