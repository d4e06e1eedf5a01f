import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryDirectory } from '../support/temporary.ts'
import { startToolbox } from '../support/toolbox.ts'
import { type Browser, chromiumPath, signIn, startBrowser } from './browser.ts'

const root = join(import.meta.dirname, '../..')

describe.skipIf(!chromiumPath())("a toolkit's pages under development", { timeout: 120_000 }, () => {
  const open = new AsyncDisposableStack()
  let source: string
  let server: ViteDevServer
  let browser: Browser

  beforeAll(async () => {
    const directory = open.use(await temporaryDirectory())
    const toolkits = join(directory.path, 'toolkits')
    await cp(join(import.meta.dirname, 'toolkits/gauge'), join(toolkits, 'gauge'), { recursive: true })
    await symlink(join(root, 'node_modules'), join(directory.path, 'node_modules'))
    source = join(toolkits, 'gauge/ui/index.tsx')
    const toolbox = open.use(await startToolbox({ settings: { TOOLBOX_EXTRA_TOOLKITS: toolkits } }))
    vi.stubEnv('TOOLBOX_EXTRA_TOOLKITS', toolkits)
    vi.stubEnv('VITE_DEV_API_PROXY', toolbox.address)
    server = await createServer({
      root: join(root, 'frontend'),
      configLoader: 'native',
      mode: 'development',
      logLevel: 'error',
      cacheDir: join(directory.path, 'cache'),
      server: { host: '127.0.0.1', port: 0, hmr: { overlay: false } },
    })
    open.defer(() => server.close())
    await server.listen()
    browser = open.use(await startBrowser(server.resolvedUrls?.local[0] ?? ''))
  }, 60_000)
  afterAll(async () => {
    await open.disposeAsync()
    vi.unstubAllEnvs()
  })

  async function edit(replacements: Readonly<Record<string, string>>) {
    let text = await readFile(source, 'utf8')
    for (const [from, to] of Object.entries(replacements)) {
      expect(text).toContain(from)
      text = text.replace(from, to)
    }
    // The bundler's watcher overlooks what changes again within 50 ms, quicker than anyone saves.
    await sleep(200)
    await writeFile(source, text)
  }

  it('come from their source, and show what is saved without the page being loaded again', async () => {
    const page = await browser.open()
    page.setDefaultTimeout(25_000)
    await signIn(page, '/toolkits/gauge')
    await page.getByText('Within limits').waitFor()
    // What the first visit needed is bundled now, so that nothing but an edit can change the page from here on.
    await server.waitForRequestsIdle()
    await page.goto('/toolkits/gauge')
    await page.getByText('Within limits').waitFor()
    await page.evaluate('window.loadedBefore = true')

    await edit({ 'word="Within limits"': 'word="Calm water"' })
    await page.getByText('Calm water').waitFor()

    // What can't be shown is said in the console, and what was shown before stays.
    await edit({ 'export const toolkitUi': 'export const nothing' })
    await expect
      .poll(() => browser.faults, { timeout: 30_000 })
      .toEqual([expect.stringMatching(/exports no toolkitUi/)])
    await page.getByText('Calm water').waitFor()
    await edit({
      'export const nothing': 'export const toolkitUi',
      'word="Calm water"': 'word="Still water"',
    })
    await page.getByText('Still water').waitFor()
    expect(await page.evaluate('window.loadedBefore')).toBe(true)
  })
})
