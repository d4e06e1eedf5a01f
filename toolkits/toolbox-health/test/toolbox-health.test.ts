import type { Toolkit } from '@sre-toolbox/sdk'
import { createTestContext } from '@sre-toolbox/sdk/testing'
import { describe, expect, test } from 'vitest'
import { createOperations } from '../server/operations.ts'

const start = Date.UTC(2030, 0, 2, 3, 0)
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The toolkit at a time that the test moves, in a product whose database answers in `ms`. */
function createScene() {
  const state = { now: start, status: 'healthy', ms: 1 }
  const toolkit: Toolkit = createOperations(() => state.now)
  const { context, run, stored } = createTestContext({
    call: async (operation) => {
      if (operation !== 'runtime.status') throw new Error(`not expected: ${operation}`)
      const database = {
        name: 'database',
        status: state.status,
        message: 'so it is',
        measures: { writeMs: state.ms },
      }
      const disk = { name: 'disk', status: 'healthy', message: 'plenty', measures: { freeBytes: 1000 } }
      return { version: '1.0.0', parts: [database, disk] }
    },
  })
  const runNamed = (name: string, input: object = {}) => {
    const operation = name === 'health' ? toolkit.health : toolkit.operations[name]
    if (!operation) throw new Error(`${name} is not defined`)
    return run(operation, input) as Promise<never>
  }
  return {
    state,
    context,
    run: runNamed,
    keys: (prefix: string) => stored().filter(({ key }) => key.startsWith(prefix)).length,
    async sampleEvery(stepMs: number, count: number) {
      for (let taken = 0; taken < count; taken++) {
        await runNamed('sample')
        state.now += stepMs
      }
    },
    history: async (part: string, resolution: 'minute' | 'hour', since?: string) => {
      const { points } = (await runNamed('history', { part, resolution, ...(since ? { since } : {}) })) as {
        points: { at: string; status: string; measures: object; highest: object }[]
      }
      return points
    },
  }
}

describe('a sample', () => {
  test('is the latest until the next one', async () => {
    const { run } = createScene()
    expect(await run('current')).toEqual({ sample: null })
    const sample = await run('sample')
    expect(sample).toMatchObject({ at: '2030-01-02T03:00:00.000Z', status: 'healthy' })
    expect(await run('current')).toEqual({ sample })
  })

  test('is as well as its worst part, and repeats what that part says', async () => {
    const { run, state } = createScene()
    expect(await run('health')).toEqual({ status: 'healthy', message: 'All 2 parts are well.' })
    state.status = 'unhealthy'
    expect(await run('health')).toEqual({ status: 'unhealthy', message: 'database: so it is' })
  })

  test('replaces an earlier one of the same minute', async () => {
    const scene = createScene()
    await scene.sampleEvery(1000, 10)
    expect(await scene.history('disk', 'minute')).toHaveLength(1)
  })
})

describe('the history of a part', () => {
  test('holds a point a minute, oldest first, from a time on', async () => {
    const scene = createScene()
    await scene.sampleEvery(minuteMs, 5)
    const points = await scene.history('database', 'minute')
    expect(points.map(({ at }) => at.slice(11, 16))).toEqual(['03:00', '03:01', '03:02', '03:03', '03:04'])
    expect(await scene.history('database', 'minute', '2030-01-02T03:03:00Z')).toHaveLength(2)
    expect(await scene.history('queue', 'minute')).toEqual([])
  })

  test('sums an hour up when the next one begins: worst status, mean and highest', async () => {
    const scene = createScene()
    await scene.sampleEvery(20 * minuteMs, 2)
    Object.assign(scene.state, { status: 'degraded', ms: 4 })
    await scene.sampleEvery(20 * minuteMs, 1)
    expect(await scene.history('database', 'hour')).toEqual([])
    await scene.sampleEvery(minuteMs, 1)
    expect(await scene.history('database', 'hour')).toEqual([
      {
        at: '2030-01-02T03:00:00.000Z',
        status: 'degraded',
        measures: { writeMs: 2 },
        highest: { writeMs: 4 },
      },
    ])
  })

  test('sums up the last hour before a pause when samples come again', async () => {
    const scene = createScene()
    await scene.sampleEvery(minuteMs, 1)
    scene.state.now += 5 * hourMs
    await scene.sampleEvery(minuteMs, 1)
    expect((await scene.history('disk', 'hour')).map(({ at }) => at)).toEqual(['2030-01-02T03:00:00.000Z'])
  })

  test('keeps minutes for a day and hours for a month', async () => {
    const scene = createScene()
    await scene.sampleEvery(30 * minuteMs, 2 * 24 * 40)
    expect(scene.keys('minute/')).toBeLessThanOrEqual(2 * 25)
    expect(scene.keys('minute/')).toBeGreaterThanOrEqual(2 * 24)
    expect(scene.keys('hour/')).toBeLessThanOrEqual(30 * 24 + 1)
    expect(scene.keys('hour/')).toBeGreaterThanOrEqual(30 * 24)
  })
})

describe('the timeline', () => {
  async function timeline(scene: ReturnType<typeof createScene>, input: object) {
    const { parts } = (await scene.run('timeline', input)) as {
      parts: { name: string; spans: { from: string; to: string; status: string }[] }[]
    }
    return parts.map(({ name, spans }) => [
      name,
      spans.map(({ from, to, status }) => `${from.slice(11, 16)}–${to.slice(11, 16)} ${status}`),
    ])
  }

  test('joins what was the same, part by part', async () => {
    const scene = createScene()
    await scene.sampleEvery(minuteMs, 5)
    scene.state.status = 'degraded'
    await scene.sampleEvery(minuteMs, 2)
    scene.state.status = 'healthy'
    await scene.sampleEvery(minuteMs, 1)
    expect(await timeline(scene, { resolution: 'minute' })).toEqual([
      ['database', ['03:00–03:05 healthy', '03:05–03:07 degraded', '03:07–03:08 healthy']],
      ['disk', ['03:00–03:08 healthy']],
    ])
  })

  test('knows nothing of a time without samples, but is patient with one that is missing', async () => {
    const scene = createScene()
    await scene.sampleEvery(minuteMs, 2)
    scene.state.now += minuteMs
    await scene.sampleEvery(minuteMs, 1)
    scene.state.now += 10 * minuteMs
    await scene.sampleEvery(minuteMs, 1)
    const [database] = await timeline(scene, { resolution: 'minute' })
    expect(database).toEqual([
      'database',
      ['03:00–03:04 healthy', '03:04–03:14 unknown', '03:14–03:15 healthy'],
    ])
  })

  test('begins where it is asked to, and is told by the hour, too', async () => {
    const scene = createScene()
    await scene.sampleEvery(10 * minuteMs, 19)
    const since = '2030-01-02T05:00:00.000Z'
    expect((await timeline(scene, { resolution: 'minute', since }))[0]?.[1]).toContain('06:00–06:01 healthy')
    expect(await timeline(scene, { resolution: 'hour', since })).toEqual([
      ['database', ['05:00–06:00 healthy']],
      ['disk', ['05:00–06:00 healthy']],
    ])
  })
})
