import { once } from 'node:events'
import { spawnCommand, spawnToolbox } from '../support/toolbox-process.ts'
import type { Drill } from './drill.ts'

interface Size {
  readonly tries: number
  /** A busy machine takes its time to start any process. */
  readonly limitMs: number
}

/** A second server on a data directory that is in use. */
export const secondProcess: Drill<Size> = {
  id: 'F8',
  title: 'second process on the same data directory',
  target: "refused ≤ 1 s with the holder's pid",
  short: { tries: 2, limitMs: 5000 },
  long: { tries: 20, limitMs: 1000 },
  async run({ tries, limitMs }) {
    await using toolbox = await spawnToolbox()
    const faults: string[] = []
    let slowest = 0
    for (let index = 0; index < tries; index++) {
      const startedAt = performance.now()
      const { code, said } = await runToEnd(['serve', '--port', '0', '--data-dir', toolbox.dataDirectory])
      slowest = Math.max(slowest, performance.now() - startedAt)
      if (code === 0) faults.push('it ended as if all were well')
      if (!said.includes(`process ${toolbox.pid}`))
        faults.push(`the holder ${toolbox.pid} is not named: ${said}`)
    }
    if (slowest > limitMs) faults.push(`refused only after ${slowest.toFixed(0)} ms`)
    const { status } = await toolbox.anyone.call('GET', '/readyz')
    if (status !== 200) faults.push(`the first one answers ${status} on /readyz`)
    return {
      measured: `${tries} refused with the pid, the slowest after ${(slowest / 1000).toFixed(2)} s`,
      faults,
    }
  },
}

async function runToEnd(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawnCommand(args)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk
    })
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, said }
}
