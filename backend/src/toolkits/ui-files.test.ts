import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeFiles } from './test/sample-toolkit.ts'
import { createScene } from './test/scene.ts'

const files = { 'dist/ui/index.js': 'export const toolkitUi = 1', 'dist/ui/images/a.png': 'png' }
const withUi = { manifest: { ui: 'dist/ui/index.js' }, files }

async function uiOf(scene: Awaited<ReturnType<typeof createScene>>, slug: string) {
  const { toolkit } = (await scene.run('toolkits.get', { slug })) as { toolkit: { uiUrl: string | null } }
  const [, digest = ''] = /^\/toolkit-assets\/\w+\/([0-9a-f]{64})\//.exec(toolkit.uiUrl ?? '') ?? []
  const read = async (path: string, from = digest) =>
    (await scene.toolkits.uiFile({ slug, digest: from, path })).toString()
  return { uiUrl: toolkit.uiUrl, digest, read }
}

describe("a toolkit's user interface", () => {
  test('is given out by the digest in use, with what lies beside it', async () => {
    await using scene = await createScene({ one: withUi })
    const { uiUrl, digest, read } = await uiOf(scene, 'one')
    expect(uiUrl).toBe(`/toolkit-assets/one/${digest}/dist/ui/index.js`)
    expect(await read('dist/ui/index.js')).toBe(files['dist/ui/index.js'])
    expect(await read('dist/ui/images/a.png')).toBe('png')
  })

  test('is the only part of a bundle that is', async () => {
    await using scene = await createScene({ one: withUi })
    const { read } = await uiOf(scene, 'one')
    for (const path of [
      'server/index.ts',
      'toolkit.json',
      'dist/ui/../../toolkit.json',
      'dist/ui/./index.js',
      'dist//ui/index.js',
      'dist/ui\\index.js',
      '/dist/ui/index.js',
      'dist/ui/',
      'dist/ui',
      'dist/ui/index.js\0',
      'dist/ui/none.js',
      'dist/uix/index.js',
      '',
    ]) {
      await expect(read(path), JSON.stringify(path)).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('is not there under another digest, and the refusal names the one in use', async () => {
    await using scene = await createScene({ one: withUi })
    const { digest, read } = await uiOf(scene, 'one')
    await expect(read('dist/ui/index.js', 'f'.repeat(64))).rejects.toThrow(`with the digest ${digest}`)
  })

  test('is not given out while the toolkit is disabled', async () => {
    await using scene = await createScene({ one: withUi })
    const { read } = await uiOf(scene, 'one')
    await scene.run('toolkits.disable', { slug: 'one', justification: 'it misbehaves' })
    await expect(read('dist/ui/index.js')).rejects.toMatchObject({ code: 'toolkit_disabled' })
  })

  test('may be missing: the toolkit works, and reading it says what to do', async () => {
    await using scene = await createScene({ one: {}, two: { manifest: withUi.manifest } })
    expect((await uiOf(scene, 'one')).uiUrl).toBeNull()
    const { read } = await uiOf(scene, 'two')
    await expect(read('dist/ui/index.js')).rejects.toThrow('Build its interface')
  })

  test('is found where it was built and where browsers are given it', async () => {
    await using scene = await createScene({ one: withUi })
    const { uiUrl } = await uiOf(scene, 'one')
    const { version, local, remote } = scene.toolkits.uiPlaces('one')
    expect([version, local?.name, remote?.name]).toEqual([
      '1.0.0',
      join(scene.bundles, 'one/dist/ui/index.js'),
      uiUrl,
    ])
    await writeFiles(join(scene.bundles, 'one'), { 'dist/ui/index.js': 'changed' })
    expect((await local?.read())?.toString()).toBe('changed')
    expect((await remote?.read())?.toString()).toBe(files['dist/ui/index.js'])
  })
})
