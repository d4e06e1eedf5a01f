import type { Job } from '@sre-toolbox/contract/jobs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { exitCodes } from '../exit-codes.ts'
import { type RealToolbox, startRealToolbox } from './real-toolbox.ts'

// Every step is a process of its own; a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000 })

let server: RealToolbox
beforeAll(async () => {
  server = await startRealToolbox()
  await server.signIn()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Probes the server itself. */
const probe = (count: number, ...more: string[]) => [
  'run',
  'latency-sleuth.probe',
  '--set',
  `url=${server.url}/healthz`,
  '--set',
  `count=${count}`,
  '--set',
  'intervalMs=100',
  ...more,
]
const endless = 600

async function submit(count: number, ...more: string[]): Promise<string> {
  const { stdout } = await server.toolbox(probe(count, ...more, '--json'))
  return JSON.parse(stdout).job.id
}
async function show(jobId: string): Promise<Job> {
  return ((await server.get(`/jobs/${jobId}`)) as { job: Job }).job
}
async function untilStatus(jobId: string, status: string): Promise<void> {
  await expect.poll(async () => (await show(jobId)).status, { timeout: 8000 }).toBe(status)
}

describe.concurrent('run', () => {
  it('says which job was made and how to follow it', async () => {
    const { code, stdout } = await server.toolbox(probe(1))
    expect(code).toBe(0)
    expect(stdout).toMatch(/Follow it with `toolbox jobs logs [0-9a-f-]{36} --follow`/)
  })

  it('follows to the end: the log and result on standard output, the rest beside it', async () => {
    const { code, stdout, stderr } = await server.toolbox(probe(3, '--follow'))
    expect(code).toBe(0)
    expect(stdout).toMatch(/info {2}#1 200 in/)
    expect(stdout).toMatch(/percentiles/)
    expect(stderr).toMatch(/✓ succeeded/)
    expect(stdout + stderr).not.toContain('\x1b')
  })

  it('streams JSON Lines whose last one is the job', async () => {
    const { code, stdout } = await server.toolbox(probe(3, '--follow', '--json'))
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const last = lines.pop()
    const seqs = lines.flatMap(({ event, data }) => (event === 'log' ? data : [])).map(({ seq }) => seq)
    expect(code).toBe(0)
    expect(last.job).toMatchObject({ status: 'succeeded', result: { count: 3 } })
    expect(seqs).toEqual(Array.from({ length: last.job.logLines }, (_, index) => index + 1))
  })

  it('gives the same job for the same idempotency key', async () => {
    const first = await submit(1, '--idempotency-key', 'key-1')
    expect(await submit(1, '--idempotency-key', 'key-1')).toBe(first)
  })

  it('starts no earlier than asked for', async () => {
    const id = await submit(1, '--run-at', '2999-01-01T00:00:00Z')
    expect(await show(id)).toMatchObject({ status: 'scheduled', runAt: '2999-01-01T00:00:00.000Z' })
  })

  it('detaches on Ctrl-C where nobody can be asked, and the job goes on', async () => {
    const { code, stderr } = await server.toolbox(probe(endless, '--follow'), {
      whileRunning: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    const [jobId = ''] = /[0-9a-f-]{36}/.exec(stderr) ?? []
    expect(code).toBe(exitCodes.interrupted)
    expect(stderr).toContain(`Detached; the job goes on. \`toolbox jobs logs ${jobId} --follow\` follows it`)
    expect(await show(jobId)).toMatchObject({ status: 'running' })
    await server.toolbox(['jobs', 'cancel', jobId])
  })

  it('ends with exit code 1 when the job was cancelled', async () => {
    const jobId = await submit(endless)
    const following = server.toolbox(['jobs', 'logs', jobId, '--follow'])
    await untilStatus(jobId, 'running')
    const cancelled = await server.toolbox(['jobs', 'cancel', jobId, '--reason', 'enough of it'])
    expect(cancelled.code).toBe(0)
    const { code, stderr } = await following
    expect(code).toBe(exitCodes.failed)
    expect(stderr).toContain('⊘ cancelled')
    expect(stderr).toContain('enough of it')
  })

  it.for<[string[], number, string]>([
    [['latency-sleuth.prob'], exitCodes.notFound, 'Did you mean latency-sleuth.probe?'],
    [['regex.match', '--set', 'pattern=a', '--set', 'text=a'], exitCodes.usage, 'is no job'],
    [['latency-sleuth.probe', '--set', 'url=nowhere'], exitCodes.usage, 'url'],
    [['latency-sleuth.probe', '--input', '{"nosuch":1}'], exitCodes.usage, 'nosuch'],
  ])('refuses %j with exit code %d', async ([args, exitCode, message]) => {
    const { code, stderr } = await server.toolbox(['run', ...args])
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/request [0-9a-f-]{36}/)
    expect(code).toBe(exitCode)
  })
})

describe.concurrent('jobs', () => {
  it('lists by filter, with whole ids and aligned columns', async () => {
    const id = await submit(1)
    await untilStatus(id, 'succeeded')
    const { stdout } = await server.toolbox(['jobs', 'list', '--status', 'succeeded', '--since', '1h'])
    const [head = '', ...rows] = stdout.trimEnd().split('\n')
    expect(rows.some((row) => row.startsWith(id))).toBe(true)
    const at = head.indexOf('OPERATION')
    for (const row of rows) expect(row.slice(at)).toMatch(/^latency-sleuth\.probe /)
  })

  it('says how to go on when there are more', async () => {
    await submit(1)
    await submit(1)
    const page = await server.toolbox(['jobs', 'list', '--limit', '1'])
    const [, cursor = ''] = /--cursor (\S+)/.exec(page.stderr) ?? []
    const next = await server.toolbox(['jobs', 'list', '--limit', '1', '--cursor', cursor])
    expect(next.code).toBe(0)
    expect(next.stdout).not.toBe(page.stdout)
  })

  it('prints exactly what the API answers with --json', async () => {
    const id = await submit(1)
    await untilStatus(id, 'succeeded')
    const { stdout } = await server.toolbox(['jobs', 'show', id, '--json'])
    expect(JSON.parse(stdout)).toEqual(await server.get(`/jobs/${id}`))
  })

  it('prints windows of a log', async () => {
    const id = await submit(3)
    await untilStatus(id, 'succeeded')
    const seqs = async (...args: string[]) => {
      const { stdout } = await server.toolbox(['jobs', 'logs', id, '--json', ...args])
      return stdout
        .trimEnd()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line).seq)
    }
    const [all, after, before, found, errors] = await Promise.all([
      seqs(),
      seqs('--after', '2', '--limit', '2'),
      seqs('--before', '4', '--limit', '2'),
      seqs('--search', '#2'),
      seqs('--level', 'error'),
    ])
    expect(all).toEqual(Array.from({ length: all.length }, (_, index) => index + 1))
    expect({ after, before, found, errors }).toEqual({
      after: [3, 4],
      before: [2, 3],
      found: [3],
      errors: [],
    })
  })

  it('retries with another input and says so on both jobs', async () => {
    const id = await submit(1)
    await untilStatus(id, 'succeeded')
    const input = JSON.stringify({ url: `${server.url}/readyz`, count: 2 })
    const { code, stdout } = await server.toolbox(['jobs', 'retry', id, '--input', '-', '--json'], { input })
    const { job } = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(job.retryOf).toBe(id)
    expect(await show(job.id)).toMatchObject({ input: { count: 2 } })
    expect((await server.toolbox(['jobs', 'show', id])).stdout).toContain(`retried by       ${job.id}`)
  })

  it('refuses to retry what has not ended, as a conflict', async () => {
    const id = await submit(1, '--run-at', '2999-01-01T00:00:00Z')
    expect((await server.toolbox(['jobs', 'retry', id])).code).toBe(exitCodes.conflict)
  })

  it('shows what the broker says', async () => {
    const id = await submit(1)
    const { stdout } = await server.toolbox(['jobs', 'inspect', id])
    expect(stdout).toMatch(/^engine +\S+$/m)
  })

  it('ends with exit code 4 for a job that is not there', async () => {
    const { code } = await server.toolbox(['jobs', 'show', '01890a5d-ac96-774b-bcce-b302099a8057'])
    expect(code).toBe(exitCodes.notFound)
  })
})
