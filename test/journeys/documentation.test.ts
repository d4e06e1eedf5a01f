import { describe, expect, it } from 'vitest'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('a reader of the guides', { timeout: 40_000 }, () => {
  const stage = useStage()

  it('searches by keyboard, lands at the heading, and goes on to the page that the guide speaks of', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/documentation')
    await page.getByRole('heading', { name: 'Documentation', exact: true }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('cancle')
    await page.getByRole('option', { name: /Jobs · Cancel a job/ }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/documentation/jobs#cancel-a-job')
    const heading = page.getByRole('heading', { name: /^Cancel a job/ })
    await heading.waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('cancel-a-job')
    await expect.poll(async () => (await heading.boundingBox())?.y ?? -1).toBeLessThan(200)
    await page
      .getByRole('navigation', { name: 'What this guide speaks of' })
      .getByRole('link', { name: 'Jobs' })
      .press('Enter')
    await page.waitForURL('**/jobs')
    await page.getByText('No job has run yet').waitFor()
  })

  it('asks a question and is led to what answers it', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/documentation/overview')
    await page.getByRole('combobox', { name: 'Search the guides' }).fill('how do I back up the database?')
    await page.getByText('Answers it').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/documentation/backup#back-up')
    await page.getByRole('heading', { level: 1, name: 'Back up, restore, upgrade' }).waitFor()
  })

  it('is told when no guide speaks of it', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/documentation')
    await page.getByRole('combobox', { name: 'Search the guides' }).fill('zeppelin')
    await page.getByText('No guide speaks of “zeppelin”').waitFor()
  })

  it('reads on: by links between guides, by the contents, and from guide to guide', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/documentation/first-job')
    await page.getByRole('link', { name: 'Send a request twice safely' }).click()
    await page.waitForURL('**/documentation/jobs#send-a-request-twice-safely')
    await page.getByRole('navigation', { name: 'On this page' }).getByRole('link', { name: 'Limits' }).click()
    await page.waitForURL('**/documentation/jobs#limits')
    await page.getByRole('navigation', { name: 'Other guides' }).getByRole('link', { name: /^Next/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Schedules' }).waitFor()
  })

  it('copies a command as it stands', async () => {
    const page = await stage.browser.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await signIn(page, '/documentation/running')
    await page.getByRole('button', { name: 'Copy the code' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('npm start')
  })

  it('finds guides in the palette, and the guide of a toolkit on its page', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/regex')
    await page.getByRole('link', { name: 'Its guide' }).click()
    await page.waitForURL('**/documentation/toolkits/regex')
    await page.getByRole('heading', { name: /^Patterns that run away/ }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: /^Search pages/ }).fill('master key')
    await page.getByRole('button', { name: /Secrets · The master key/ }).click()
    await page.waitForURL('**/documentation/secrets#the-master-key')
  })

  it('sees no guide of a toolkit that is disabled, and is told why', async () => {
    const page = await stage.browser.open()
    const toggle = (verb: string) =>
      stage.toolbox.api.ask('POST', `/api/toolkits/toolbox-health/${verb}`, {
        body: { justification: 'a test' },
      })
    await signIn(page, '/documentation')
    const link = page.getByRole('main').getByRole('link', { name: 'Toolbox Health' })
    await link.waitFor()
    await toggle('disable')
    await link.waitFor({ state: 'detached' })
    await page.goto('/documentation/toolkits/toolbox-health')
    await page.getByText('which is disabled').waitFor()
    await toggle('enable')
  })

  it('reads on a phone without scrolling sideways', async () => {
    const page = await stage.browser.open({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    await signIn(page)
    for (const path of ['/documentation', '/documentation/settings', '/documentation/jobs']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page
        .getByRole('status', { name: /^Loading/ })
        .first()
        .waitFor({ state: 'detached' })
      // A phone zooms out of what is too wide, so that `innerWidth` would agree with anything.
      await expect
        .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: path })
        .toBeLessThanOrEqual(390)
    }
    await page.locator('summary').tap()
    await page.getByRole('link', { name: 'Retry a job', exact: true }).tap()
    await page.waitForURL('**/documentation/jobs#retry-a-job')
  })
})
