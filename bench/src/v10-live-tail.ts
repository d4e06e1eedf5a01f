import type { Benchmark } from './main.ts'
import { type Api, openApi, startServer } from './product/server.ts'
import { absolute, atMostAbsolute } from './result.ts'

const JOBS = 5
const WATCHERS = 50
/** Each job writes as many lines a second; with what each of its watchers is sent, that times ten. */
const LINES_A_SECOND = 1000
const SECONDS = 12
/** The watchers must be there before what counts is written. */
const WARM_UP_MS = 2000

interface Line {
  seq: number
  text: string
}

export const liveTail: Benchmark = {
  title: `${WATCHERS} watchers of ${JOBS} logs that grow by ${(JOBS * LINES_A_SECOND).toLocaleString('en')} lines a second in all`,
  async run(stage) {
    const server = await startServer(stage, stage.tempDir())
    const api = await openApi(server)
    const lines = LINES_A_SECOND * SECONDS
    const ids = await Promise.all(Array.from({ length: JOBS }, () => submitWriter(api, lines)))
    const watchers = Array.from({ length: WATCHERS }, (_, index) =>
      watch(server.port, api, ids[index % JOBS] ?? ''),
    )
    const seen = await Promise.all(watchers)
    const lost = seen.reduce((sum, { lost: some, count }) => sum + some + Math.max(0, lines - count), 0)
    const delays = seen.flatMap((watcher) => watcher.delays).sort((a, b) => a - b)
    const at = (share: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))] ?? 0
    return {
      rows: [
        absolute('lines lost', 'lines', lost, atMostAbsolute(0, 'lines')),
        absolute('line written → at the watcher, p50', 'ms', at(0.5)),
        absolute('line written → at the watcher, p99', 'ms', at(0.99), atMostAbsolute(250, 'ms')),
        absolute('lines received in all', 'lines/s', delays.length / (SECONDS - WARM_UP_MS / 1000)),
      ],
      notes: [
        `${JOBS} jobs write ${LINES_A_SECOND} lines a second each for ${SECONDS} s; the first ${WARM_UP_MS / 1000} s don't count`,
        'each line carries the time at which the handler wrote it; watchers read real event streams over HTTP in one process',
      ],
    }
  },
}

async function submitWriter(api: Api, lines: number): Promise<string> {
  const body = {
    toolkit: 'bench-noop',
    operation: 'write',
    input: { lines, linesASecond: LINES_A_SECOND },
  }
  return (await api.post<{ job: { id: string } }>('/jobs', body)).job.id
}

/** Reads a job's stream to its end. */
async function watch(port: number, api: Api, jobId: string) {
  const response = await fetch(`http://127.0.0.1:${port}/api/jobs/${jobId}/events`, { headers: api.headers })
  if (!response.ok || response.body === null) throw new Error(`The stream answered ${response.status}.`)
  const startedAt = Date.now()
  const delays: number[] = []
  let lastSeq = 0
  let lost = 0
  let count = 0

  function take(lines: readonly Line[]) {
    const now = Date.now()
    for (const { seq, text } of lines) {
      lost += Math.max(0, seq - lastSeq - 1)
      lastSeq = seq
      const writtenAt = Number(/^written (\d+)/.exec(text)?.[1])
      if (Number.isNaN(writtenAt)) continue
      count++
      if (now - startedAt > WARM_UP_MS) delays.push(now - writtenAt)
    }
  }

  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + chunk).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      if (/^event: log$/m.test(event)) take(JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '[]') as Line[])
    }
  }
  return { delays, lost, count }
}
