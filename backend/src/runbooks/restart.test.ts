import { expect, it } from 'vitest'
import { cookie, signIn } from '../../../test/support/api.ts'
import { superuser } from '../../../test/support/toolbox.ts'
import { spawnToolbox } from '../../../test/support/toolbox-process.ts'
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
