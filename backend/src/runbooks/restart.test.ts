import { mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { workspaceAt } from '@sre-toolbox/codex'
import { expect, it } from 'vitest'
import { withLock } from '../../../codex/src/workspace/lock.ts'
import { cookie, signIn } from '../../../test/support/api.ts'
import { superuser } from '../../../test/support/toolbox.ts'
import { spawnToolbox } from '../../../test/support/toolbox-process.ts'
import { until } from '../../../test/support/until.ts'
import { answer, begin, readJob, readRun, untilEnded, untilJob, untilStep } from './test/runs.ts'
import { slowHost } from './test/slow-host.ts'

it('runs of tasks survive the death of their process: at an approval point as in the middle of a step', async () => {
  await using host = await slowHost()
  await using toolbox = await spawnToolbox()
  const { api } = toolbox
  const person = toolbox.anyone.as(
    cookie(await signIn(toolbox.anyone, superuser.username, superuser.password)),
  )

  const inputs = { slug: 'regex', action: 'disable', justification: 'it is noisy' }
  const waiting = await begin(api, 'switch-toolkit', inputs)
  await untilJob(api, waiting, 'waiting_approval')

  const body = { toolkit: 'latency-sleuth', operation: 'probe', input: { url: host.url, count: 1 } }
  const { job } = await api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })
  await untilJob(api, job.id, 'succeeded')
  host.hold()
  const cutOff = await begin(api, 'retry-or-cancel-job', { jobId: job.id, action: 'retry', reason: 'again' })
  const before = await untilStep(api, cutOff, 'retried', 'running')

  await toolbox.kill('SIGKILL')
  host.letGo()
  await toolbox.restart()

  const { report } = await untilEnded(api, cutOff)
  expect(report.outcome).toBe('succeeded')
  // What was finished was not done again: the job was retried once.
  expect(report.evidence.newJob).toEqual(before.report.evidence.newJob)
  expect((await readJob(api, cutOff)).attempts).toHaveLength(2)
  const retries = await readJob(api, job.id)
  expect(retries.retries).toHaveLength(1)

  expect((await readRun(api, waiting)).run.waitingFor?.step).toBe('disable')
  expect((await answer(person, waiting, 'disable', 'approve')).status).toBe(200)
  expect((await untilEnded(api, waiting)).report).toMatchObject({
    outcome: 'succeeded',
    evidence: { after: { enabled: false } },
  })
}, 60_000)

it('a run whose process died between its end and its entry in the journal is in the journal, once', async () => {
  await using toolbox = await spawnToolbox()
  const { api } = toolbox
  const directory = join(toolbox.dataDirectory, '..', `workspace-of-${basename(toolbox.dataDirectory)}`)
  await mkdir(directory)
  const body = { name: 'here', directory, initialise: true }
  const { workspace } = await api.ask<{ workspace: { id: string } }>('POST', '/api/codex/workspaces', {
    body,
  })

  const ended = Promise.withResolvers<void>()
  const held = withLock(workspaceAt(directory), () => ended.promise)
  const id = await begin(api, 'audit-toolkits', {}, { workspaceId: workspace.id })
  await until('the run has ended', async () => {
    const { report } = await readRun(api, id)
    return report.endedAt
  })
  await toolbox.kill('SIGKILL')
  ended.resolve()
  await held
  const journal = () => readFile(join(directory, 'ai/state/journal.md'), 'utf8')
  expect(await journal()).not.toContain(id)
  await toolbox.restart()

  const { run } = await untilEnded(api, id)
  expect(run).toMatchObject({ outcome: 'succeeded', jobStatus: 'succeeded', journalled: true })
  expect((await journal()).split(`(run \`${id}\`)`)).toHaveLength(2)
}, 120_000)
