import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { percentile } from '../statistics.ts'
import type { LoadPlan, LoadReport } from './load.ts'
import { createResponseReader } from './response-reader.ts'

const wallClock = () => performance.timeOrigin + performance.now()

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })

/** Keeps one request in flight on each connection until the plan is fulfilled. */
async function generate(plan: LoadPlan): Promise<LoadReport> {
  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => opened(plan.port)))
  const request = Buffer.from(plan.request)
  const latencies: number[] = []
  const unexpected: Record<string, number> = {}
  const startedAt = wallClock()
  const started = performance.now()
  const deadline = plan.milliseconds === undefined ? Number.POSITIVE_INFINITY : started + plan.milliseconds
  let left = plan.requests ?? Number.POSITIVE_INFINITY

  const drive = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let sentAt = 0
      const next = () => {
        sentAt = performance.now()
        if (left <= 0 || sentAt >= deadline) return resolve()
        left--
        socket.write(request)
      }
      const read = createResponseReader((status) => {
        latencies.push(performance.now() - sentAt)
        if (status !== plan.expectStatus) unexpected[status] = (unexpected[status] ?? 0) + 1
        next()
      })
      socket.on('data', (chunk: Buffer) => {
        try {
          read(chunk)
        } catch (error) {
          reject(error)
        }
      })
      socket.once('error', reject)
      socket.once('end', () => reject(new Error('The server closed a connection under load.')))
      next()
    })

  await Promise.all(sockets.map(drive))
  const seconds = (performance.now() - started) / 1000
  for (const socket of sockets) socket.destroy()
  return {
    startedAt,
    seconds,
    responses: latencies.length,
    perSecond: latencies.length / seconds,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
    p99: percentile(latencies, 99),
    unexpected,
  }
}

const plan: LoadPlan = JSON.parse(await text(process.stdin))
process.stdout.write(JSON.stringify(await generate(plan)))
