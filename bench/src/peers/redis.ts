import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, type Stage } from '../stage.ts'
import { REDIS_SERVER } from './debian.ts'

const RESULTS_DATABASE = 1

export interface PeerRedis {
  /** Databases apart, so that the number of keys in one is the number of results. */
  brokerUrl: string
  resultsUrl: string
  countResults(): Promise<number>
  /** Unix time in ms at which the `count`-th result was stored. */
  untilResults(count: number, timeoutMs: number): Promise<number>
}

/** A Redis of the benchmark's own: default settings, no persistence. */
export async function startRedis(stage: Stage): Promise<PeerRedis> {
  const port = await freePort()
  const service = stage.start('redis', REDIS_SERVER, [
    ...['--port', String(port), '--bind', '127.0.0.1'],
    ...['--save', '', '--appendonly', 'no', '--dir', stage.tempDir()],
  ])
  await service.ready(async () => (await ask(port, 'PING')) === '+PONG', 10_000)

  const countResults = async () => Number((await ask(port, `SELECT ${RESULTS_DATABASE}`, 'DBSIZE')).slice(1))

  return {
    brokerUrl: `redis://127.0.0.1:${port}/0`,
    resultsUrl: `redis://127.0.0.1:${port}/${RESULTS_DATABASE}`,
    countResults,
    async untilResults(count, timeoutMs) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const stored = await countResults()
        if (stored >= count) return Date.now()
        if (Date.now() > deadline)
          throw new Error(`Celery stored ${stored} of ${count} results in ${timeoutMs} ms.`)
        // Rare enough that asking costs Celery nothing, often enough for a round of seconds.
        await sleep(20)
      }
    },
  }
}

/** Sends inline commands on a fresh connection and returns the last one's one-line answer. */
const ask = (port: number, ...commands: string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1')
    socket.once('error', reject)
    socket.write(`${commands.join('\r\n')}\r\n`)
    socket.on('data', (chunk) => {
      received += chunk.toString()
      const answers = received.split('\r\n')
      if (answers.length <= commands.length) return
      socket.destroy()
      resolve(answers[commands.length - 1] ?? '')
    })
  })
