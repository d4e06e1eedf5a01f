import { expect, test, vi } from 'vitest'
import { createScene } from './test/scene.ts'

const health = { operation: 'health', everySeconds: 60 }

async function healthOf(scene: Awaited<ReturnType<typeof createScene>>, slug = 'sample') {
  const { items } = (await scene.run('toolkits.list')) as { items: { slug: string; health: object }[] }
  return items.find((item) => item.slug === slug)?.health
}

function toolkitThatSays(source: string) {
  return { sample: { manifest: { health }, operations: { health: [source] as const } } }
}

test('the health of a toolkit is what its check says, and a change of it is announced', async () => {
  const source = `async (_, { store }) => {
    const said = (await store.get('n'))?.version ?? 0
    await store.put('n', 0)
    return said < 2 ? { status: 'healthy' } : { status: 'degraded', message: 'it is slow' }
  }`
  await using scene = await createScene(toolkitThatSays(source))
  expect(await healthOf(scene)).toEqual({ status: 'unknown', message: null, checkedAt: null })
  await scene.toolkits.health.check('sample')
  expect(await healthOf(scene)).toMatchObject({
    status: 'healthy',
    message: null,
    checkedAt: expect.any(String),
  })
  await scene.toolkits.health.check('sample')
  expect(scene.changes).toEqual(['sample'])
  await scene.toolkits.health.check('sample')
  expect(await healthOf(scene)).toMatchObject({ status: 'degraded', message: 'it is slow' })
  expect(scene.changes).toEqual(['sample', 'sample'])
})

test('a check that fails is a toolkit that is unhealthy; one that says nothing tells nothing', async () => {
  await using failing = await createScene(toolkitThatSays(`() => { throw new Error('no pulse') }`))
  await failing.toolkits.health.check('sample')
  expect(await healthOf(failing)).toMatchObject({ status: 'unhealthy', message: 'no pulse' })

  await using silent = await createScene(toolkitThatSays('() => ({})'))
  await silent.toolkits.health.check('sample')
  expect(await healthOf(silent)).toMatchObject({ status: 'unknown' })
})

test('a toolkit that is disabled is not checked', async () => {
  await using scene = await createScene(toolkitThatSays(`() => ({ status: 'healthy' })`))
  await scene.run('toolkits.disable', { slug: 'sample', justification: 'it misbehaves' })
  await scene.toolkits.health.check('sample')
  expect(await healthOf(scene)).toMatchObject({ status: 'unknown' })
  expect(scene.hosts.list()).toEqual([])
})

test('checks come by themselves at the pace of the manifest, until they are closed', async () => {
  await using scene = await createScene(toolkitThatSays(`() => ({ status: 'healthy' })`))
  const { promise: announced, resolve } = Promise.withResolvers<void>()
  scene.events.subscribe('toolkit', () => resolve())
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    scene.toolkits.health.start()
    vi.advanceTimersByTime(59_999)
    expect(scene.hosts.list()).toEqual([])
    vi.advanceTimersByTime(1)
    await announced
    const checked = await healthOf(scene)
    expect(checked).toMatchObject({ status: 'healthy' })
    await scene.toolkits.health.close()
    vi.advanceTimersByTime(600_000)
    expect(vi.getTimerCount()).toBe(0)
    expect(await healthOf(scene)).toEqual(checked)
  } finally {
    vi.useRealTimers()
  }
})
