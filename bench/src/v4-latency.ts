import type { Benchmark } from './main.ts'
import { CELERY_VARIANTS, startCelery } from './peers/celery.ts'
import { peerVersions } from './peers/debian.ts'
import { openEngine } from './product/engine.ts'
import { atMost, compared } from './result.ts'
import { percentile } from './statistics.ts'

const ROUNDS = 3
const SAMPLES = 500
const PAUSE_MS = 20

export const latency: Benchmark = {
  title: 'From submit called to the first line of the handler, one job at a time on an idle system',
  async run(stage) {
    const versions = peerVersions()
    const [defaults] = CELERY_VARIANTS
    if (defaults === undefined) throw new Error('There is no Celery variant.')
    const celery = await startCelery(stage, defaults)
    const engine = await openEngine(stage)

    const peer: number[] = []
    const ours: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      peer.push(...(await celery.latencies(SAMPLES, PAUSE_MS)))
      ours.push(...(await engine.latencies(SAMPLES, PAUSE_MS)))
    }
    await engine.close()
    return {
      rows: [50, 99].map((p) =>
        compared(`p${p}`, 'ms', percentile(peer, p), percentile(ours, p), atMost(0.7)),
      ),
      notes: [
        versions,
        `both read the wall clock before the submit and in the handler's first line`,
        `${ROUNDS} rounds of ${SAMPLES} jobs in turns, ${PAUSE_MS} ms apart, each after a warm-up; Celery with ${defaults.name}`,
      ],
    }
  },
}
