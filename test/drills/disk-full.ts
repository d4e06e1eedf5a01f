import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Api } from '../support/api.ts'
import { temporaryDirectory } from '../support/temporary.ts'
import { superuser } from '../support/toolbox.ts'
import { spawnToolbox, type ToolboxProcess } from '../support/toolbox-process.ts'
import { until } from '../support/until.ts'
import { type Drill, drillToolkits } from './drill.ts'
import { readJob, submit } from './jobs.ts'

interface Size {
  readonly rounds: number
}

const settings = { TOOLBOX_EXTRA_TOOLKITS: drillToolkits }

/** A disk that fills up under load and is given room again, and one on which writing fails. */
export const diskFull: Drill<Size> = {
  id: 'F7',
  title: 'disk full, disk that fails',
  target: 'nothing acknowledged after it; /readyz fails and says why',
  short: { rounds: 1 },
  long: { rounds: 5 },
  async run({ rounds }) {
    const faults: string[] = []
    let jobs = 0
    const canMount = process.getuid?.() === 0 && process.platform === 'linux'
    for (let round = 0; round < rounds; round++) {
      if (canMount) jobs += await fillDisk(faults)
      jobs += await failWrites(faults)
    }
    const what = canMount
      ? 'full disk and failing disk'
      : 'failing disk only (a full one needs root to mount it)'
    return {
      measured: `${what}, ${rounds} rounds: ${jobs} acknowledged jobs, all found again after SIGKILL`,
      faults,
    }
  },
}

/**
 * Other ways to write than by submitting a job: each is refused as unavailable, or, where a full disk has a little room left
 * for a small one, done for good. Answers the paths of those that were done.
 */
async function tryWrites({ api }: ToolboxProcess, faults: string[]): Promise<string[]> {
  const summary = 'the disk is full'
  const done: string[] = []
  const writes = [
    ['POST', '/api/tokens', { name: 'x'.repeat(100) }],
    ['POST', '/api/users', { username: 'late', password: 'twelve letters', summary }],
    ['PUT', '/api/secrets/late', { values: { value: 'x'.repeat(60_000) } }],
    ['PUT', '/api/toolkits/latency-sleuth/settings', { credentials: [] }],
    ['POST', '/api/auth/login', superuser],
  ] as const
  for (const [method, path, body] of writes) {
    const { status, text } = await api.call(method, path, { body })
    if (status < 300) done.push(path)
    else if (status !== 503) faults.push(`${method} ${path} answered ${status}: ${text}`)
  }
  const reading = await api.call('GET', '/api/jobs')
  if (reading.status !== 200) faults.push(`reading answered ${reading.status}: ${reading.text}`)
  return done
}

/** A file system of its own that is full, then has room again: the product heals by itself. */
async function fillDisk(faults: string[]): Promise<number> {
  await using directory = await temporaryDirectory()
  await using _disk = mountMemory(directory.path)
  const dataDirectory = join(directory.path, 'data')
  await mkdir(dataDirectory)
  await using toolbox = await spawnToolbox({ dataDirectory, settings })
  const load = startLoad(toolbox.api)
  await sleep(300)
  const ballast = join(directory.path, 'ballast')
  await fill(ballast)
  await load.refused()
  await expectNotReady(toolbox, /disk is full/, faults)
  const done = await tryWrites(toolbox, faults)
  await sleep(300)
  rmSync(ballast)
  await untilReady(toolbox)
  const healed = await toolbox.api.call('GET', '/api/jobs')
  if (healed.status !== 200) faults.push(`with room again, jobs.list answers ${healed.status}`)
  await submit(toolbox.api, { operation: 'wait', input: { ms: 0 } })
  const jobs = await killAndCompare(toolbox, await load.stop(), faults)
  if (done.includes('/api/users')) {
    const { items } = await toolbox.api.ask<{ items: unknown[] }>('GET', '/api/users?q=late')
    if (items.length !== 1) faults.push('a user who was acknowledged is gone')
  }
  return jobs
}

/** A limit on the size of files makes every write beyond it fail as a broken disk does: only a restart is trusted again. */
async function failWrites(faults: string[]): Promise<number> {
  await using toolbox = await spawnToolbox({ settings })
  const load = startLoad(toolbox.api)
  await sleep(300)
  limitFileSize(toolbox.pid, 65_536)
  await load.refused()
  await expectNotReady(toolbox, /SQLITE_IOERR|[Rr]estart/, faults)
  const done = await tryWrites(toolbox, faults)
  faults.push(...done.map((path) => `after a failed write, ${path} was acknowledged`))
  limitFileSize(toolbox.pid, 'unlimited')
  const still = await toolbox.api.call<{ detail: string }>('POST', '/api/jobs', {
    body: { toolkit: 'drill', operation: 'wait', input: { ms: 0 } },
  })
  if (still.status !== 503 || !/Restart/.test(still.body.detail)) {
    faults.push(`after a failed write it answers ${still.status}: ${still.text}`)
  }
  return await killAndCompare(toolbox, await load.stop(), faults)
}

/** Submits without pause and remembers what was acknowledged. */
function startLoad(api: Api) {
  const acknowledged: string[] = []
  const wrong: string[] = []
  const refused = Promise.withResolvers<void>()
  let stopped = false
  const working = Array.from({ length: 4 }, async () => {
    while (!stopped) {
      const body = { toolkit: 'drill', operation: 'wait', input: { ms: 0 } }
      const {
        status,
        text,
        body: answer,
      } = await api.call<{ job: { id: string } }>('POST', '/api/jobs', { body })
      if (status === 202) acknowledged.push(answer.job.id)
      else if (status === 503) {
        refused.resolve()
        await sleep(20)
      } else wrong.push(`submitting answered ${status}: ${text}`)
    }
  })
  return {
    refused: () =>
      Promise.race([refused.promise, sleep(10_000).then(() => Promise.reject(new Error('never refused')))]),
    async stop() {
      stopped = true
      await Promise.all(working)
      return { acknowledged, wrong }
    },
  }
}

async function expectNotReady(toolbox: ToolboxProcess, why: RegExp, faults: string[]): Promise<void> {
  const { status, text } = await toolbox.anyone.call('GET', '/readyz')
  if (status !== 503 || !why.test(text)) faults.push(`/readyz answered ${status}: ${text}`)
  const alive = await toolbox.anyone.call('GET', '/healthz')
  if (alive.status !== 200) faults.push(`/healthz answered ${alive.status}`)
}

async function untilReady(toolbox: ToolboxProcess): Promise<void> {
  await until('/readyz is well again', async () =>
    (await toolbox.anyone.call('GET', '/readyz')).status === 200 ? true : null,
  )
}

async function killAndCompare(
  toolbox: ToolboxProcess,
  { acknowledged, wrong }: { acknowledged: readonly string[]; wrong: readonly string[] },
  faults: string[],
): Promise<number> {
  faults.push(...wrong)

  await toolbox.restart()

  for (const id of acknowledged) {
    await readJob(toolbox.api, id).catch((error: Error) =>
      faults.push(`an acknowledged job is gone: ${error.message}`),
    )
  }
  const chain = await toolbox.api.ask<{ intact: boolean }>('GET', '/api/audit/verify')
  if (!chain.intact) faults.push('the audit chain is broken')
  return acknowledged.length
}

function mountMemory(path: string): AsyncDisposable {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', path])
  return {
    async [Symbol.asyncDispose]() {
      execFileSync('umount', ['--lazy', path])
    },
  }
}

/** Writes until there is no room left. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (let size = 1024 ** 2; size >= 512; size /= 2) {
      const block = Buffer.alloc(size)
      try {
        for (;;) await file.writeFile(block)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    await file.close()
  }
}

function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}
