import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { superuser } from '../support/toolbox.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium on the PATH, or undefined: then `describe.skipIf(!chromiumPath())` leaves the suite out. */
export function chromiumPath(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter)
  return directories.flatMap((path) => names.map((name) => join(path, name))).find((path) => existsSync(path))
}

export interface Browser extends AsyncDisposable {
  /** A window of its own: nobody is signed in. */
  open(options?: BrowserContextOptions): Promise<Page>
  /** What went wrong in any page so far: scripts that threw, and what the Content-Security-Policy refused. */
  readonly faults: readonly string[]
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function startBrowser(address: string): Promise<Browser> {
  // Chromium's sandbox does not work for root.
  const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
  const browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args })
  const faults: string[] = []
  return {
    faults,
    async open(options = {}) {
      const context = await browser.newContext({ baseURL: address, reducedMotion: 'reduce', ...options })
      context.setDefaultTimeout(15_000)
      const page = await context.newPage()
      page.on('pageerror', ({ message }) => faults.push(message))
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) faults.push(message.text())
      })
      return page
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

export async function signIn(page: Page, path = '/'): Promise<void> {
  await page.goto(path)
  await fillSignIn(page)
  await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor()
}

export async function fillSignIn(page: Page): Promise<void> {
  const name = page.getByLabel('User name')
  if ((await name.inputValue()) === '') await name.fill(superuser.username)
  await page.getByLabel('Password', { exact: true }).fill(superuser.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
