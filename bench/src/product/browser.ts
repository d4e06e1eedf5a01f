import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Stage } from '../stage.ts'
import type { Server } from './server.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const VIEWPORT = { width: 1440, height: 900 }

/** A Chromium that is signed in to the server; each page it opens has nothing in its cache. */
export async function openBrowser(stage: Stage, { port, password }: Pick<Server, 'port' | 'password'>) {
  const paths = (process.env.PATH ?? '').split(delimiter)
  const executablePath = paths.flatMap((path) => NAMES.map((name) => join(path, name))).find(existsSync)
  if (executablePath === undefined)
    throw new Error('There is no Chromium on the PATH: apt-get install chromium')
  // Chromium's sandbox does not work for root.
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath, args })
  stage.onClose(() => browser.close())
  const baseURL = `http://127.0.0.1:${port}`

  const first = await browser.newContext({ baseURL })
  await first.request.post('/api/auth/login', { data: { username: 'admin', password } })
  const storageState = await first.storageState()
  await first.close()
  return {
    async open(): Promise<{ page: Page; context: BrowserContext }> {
      const context = await browser.newContext({ baseURL, storageState, viewport: VIEWPORT })
      return { page: await context.newPage(), context }
    },
  }
}
