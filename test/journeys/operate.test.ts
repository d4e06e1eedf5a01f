import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, fillSignIn, signIn } from './browser.ts'
import { startGate } from './gate.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('an operator in the browser', { timeout: 40_000 }, () => {
  const stage = useStage()

  async function submit(input: object): Promise<string> {
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input }
    const { job } = await stage.toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })
    return job.id
  }
  const statusOf = (page: Page) => page.locator('h1 .mark')

  it('signs in, lands where the link led, and signs out', async () => {
    const page = await stage.browser.open()
    await page.goto('/jobs?status=failed')
    await page.getByLabel('User name').fill('root')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('alert').waitFor()
    await fillSignIn(page)
    await page.waitForURL('**/jobs?status=failed')
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.waitForURL('**/login')
    await page.goto('/')
    await page.waitForURL('**/login')
  })

  it('opens a page by itself that was asked for while the server was away', async () => {
    await using gate = await startGate(stage.toolbox.address)
    const page = await stage.browser.open({ baseURL: gate.address })
    await signIn(page)
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()
    gate.shut()
    await page.getByRole('link', { name: 'Schedules', exact: true }).click()
    await page.getByRole('heading', { name: "This page can't be shown" }).waitFor()
    await page.getByText('opens by itself').waitFor()
    gate.open()
    await page.getByRole('heading', { name: 'Schedules', exact: true }).waitFor()
  })

  it('leads on from addresses that name nothing', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/jobs/none')
    await page.getByText('Its address is not whole, or not right.').waitFor()
    await page.getByRole('link', { name: 'All jobs' }).click()
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await page.goto('/elsewhere')
    await page.getByRole('link', { name: 'Go to the dashboard' }).click()
    await page.getByRole('heading', { name: 'Dashboard', exact: true }).waitFor()
  })

  it('runs a probe from its form and watches it to its end', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/latency-sleuth?operation=probe')
    await page.getByRole('textbox', { name: /^URL/ }).fill(`${stage.target.url}/slow`)
    await page.getByRole('textbox', { name: 'Samples', exact: true }).fill('4')
    await page.getByRole('button', { name: 'Run as a job' }).click()
    await page.getByRole('link', { name: 'Watch its log' }).click()
    await page.getByText('Probing').first().waitFor()
    await page
      .getByText(/95 % of the answers/)
      .first()
      .waitFor()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await expect.poll(() => statusOf(page).innerText()).toBe('Succeeded')
    await page.getByText('4 of 4 samples').waitFor()
    await page.getByRole('tab', { name: 'Input and result' }).click()
    await page.getByRole('region', { name: 'Result' }).last().getByText('withinBudget').first().waitFor()
  })

  it('says what is wrong with a field before anything is sent', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/latency-sleuth?operation=probe')
    await page.getByRole('textbox', { name: /^URL/ }).fill('not an address')
    await page.getByText('Must be a full address').waitFor()
    await page.getByRole('textbox', { name: 'Samples', exact: true }).fill('100000')
    await page.getByText('Must be at most 1000.').waitFor()
    await page.getByRole('button', { name: 'Run as a job' }).click()
    expect(await page.getByRole('link', { name: 'Watch its log' }).count()).toBe(0)
  })

  it('calls an operation that answers at once, and reads its result', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/regex?operation=match')
    await page.getByRole('textbox', { name: /^Pattern/ }).fill('a(b+)')
    await page.getByRole('textbox', { name: /^Text/ }).fill('xx abbb xx')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('"abbb"').first().waitFor()
  })

  it('cancels a running job with a reason', async () => {
    const page = await stage.browser.open()
    const id = await submit({ url: `${stage.target.url}/slow`, count: 900 })
    await signIn(page, `/jobs/${id}`)
    await page.getByRole('button', { name: 'Cancel…' }).click()
    await page.getByLabel('Reason').fill('wrong target')
    await page.getByRole('button', { name: 'Cancel the job' }).click()
    await expect.poll(() => statusOf(page).innerText()).toBe('Cancelled')
    await page.getByText('wrong target').waitFor()
    await page.getByText('Cancelled by root').waitFor()
  })

  it('retries a job with another input', async () => {
    const page = await stage.browser.open()
    const id = await submit({ url: stage.target.url, count: 2 })
    await signIn(page, `/jobs/${id}`)
    await page.getByRole('button', { name: 'Retry…' }).click()
    const dialog = page.getByRole('dialog')
    await expect.poll(() => dialog.getByRole('textbox', { name: /^URL/ }).inputValue()).toBe(stage.target.url)
    await dialog.getByRole('textbox', { name: 'Samples', exact: true }).fill('3')
    await dialog.getByRole('button', { name: 'Retry', exact: true }).click()
    await page.waitForURL((url) => url.pathname.startsWith('/jobs/') && !url.pathname.endsWith(id))
    await page.getByText('3 of 3 samples').waitFor()
    await page.getByText('Retry of').waitFor()
  })

  it('keeps what was typed when the session ends in the middle of a form, and sends it after signing in', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/latency-sleuth?operation=probe')
    await page.getByRole('textbox', { name: /^URL/ }).fill(`${stage.target.url}/kept`)
    await page.context().clearCookies()
    await page.getByRole('button', { name: 'Run as a job' }).click()
    await page.getByText('Your session has ended').waitFor()
    await fillSignIn(page)
    await page.getByRole('link', { name: 'Watch its log' }).waitFor()
    expect(await page.getByRole('textbox', { name: /^URL/ }).inputValue()).toBe(`${stage.target.url}/kept`)
  })

  it('works by keyboard alone: palette, list, selection, bulk cancel', async () => {
    const page = await stage.browser.open()
    const ids = [
      await submit({ url: `${stage.target.url}/slow`, count: 900 }),
      await submit({ url: `${stage.target.url}/slow`, count: 900 }),
    ]
    await signIn(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: /^Search pages/ }).waitFor()
    await page.keyboard.type('Jobs')
    await page.getByRole('button', { name: /What runs, ran and failed/ }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/jobs')
    await page.getByRole('grid').focus()
    await page.keyboard.press('x')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByText('2 selected').waitFor()
    await page.getByRole('button', { name: 'Cancel 2…' }).press('Enter')
    await page.getByLabel('Reason').fill('by keyboard')
    await page.getByRole('button', { name: 'Cancel 2 jobs' }).press('Enter')
    for (const id of ids) {
      await page.locator(`#job-${id}`).getByText('Cancelled').waitFor({ timeout: 15_000 })
    }
    await page.getByRole('grid').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/jobs\/[0-9a-f-]{36}$/)
  })

  it('finds new jobs in the list by itself, without moving the row under the pointer', async () => {
    const page = await stage.browser.open()
    await submit({ url: stage.target.url, count: 1 })
    await signIn(page, '/jobs')
    const first = page.getByRole('row').nth(1)
    const before = await first.getAttribute('id')
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()
    await first.hover()
    await submit({ url: stage.target.url, count: 1 })
    await page.getByRole('button', { name: /^1 new job/ }).waitFor()
    expect(await first.getAttribute('id')).toBe(before)
    await page.getByRole('button', { name: /^1 new job/ }).click()
    await expect.poll(() => first.getAttribute('id')).not.toBe(before)
  })

  it('has the list as it was left when somebody comes back from a job', async () => {
    const page = await stage.browser.open()
    const id = await submit({ url: stage.target.url, count: 1 })
    await submit({ url: stage.target.url, count: 1 })
    await signIn(page, '/jobs?toolkit=latency-sleuth')
    const grid = page.getByRole('grid')
    await page.locator(`#job-${id}`).waitFor()
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()
    await grid.focus()
    await page.keyboard.press('j')
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(`job-${id}`)
    const newest = await submit({ url: stage.target.url, count: 1 })
    await page.locator(`#job-${newest}`).waitFor()
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe(`job-${id}`)
    await page.keyboard.press('x')
    await page.getByText('1 selected').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/jobs/${id}`)
    await page.getByRole('tab', { name: 'Attempts' }).click()
    await page.goBack()
    await page.getByText('1 selected').waitFor()
    await page.locator('[role=grid]:focus').waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/jobs/${id}`)
    await page.getByRole('tab', { name: 'Attempts' }).click()
    await page.getByRole('link', { name: 'Jobs', exact: true }).last().click()
    await page.waitForURL('**/jobs?toolkit=latency-sleuth')
  })

  it('reaches everything on a phone without scrolling sideways', async () => {
    const page = await stage.browser.open({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    })
    const id = await submit({ url: stage.target.url, count: 2 })
    await signIn(page)
    for (const path of [
      '/',
      '/jobs',
      `/jobs/${id}`,
      `/jobs/${id}?tab=logs`,
      '/schedules',
      '/schedules/new',
      '/toolkits',
      '/toolkits/regex',
      `/jobs/${id}?tab=audit`,
      '/admin/audit',
      '/admin/users',
      '/admin/toolkits',
      '/admin/toolkits/latency-sleuth',
      '/admin/secrets',
      '/admin/runtime',
      '/account',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.locator('main .loading').count()).toBe(0)
      // A phone zooms out of what is too wide, so that `innerWidth` would agree with anything.
      await expect
        .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: path })
        .toBeLessThanOrEqual(390)
    }
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).tap()
    await page.waitForURL('**/jobs')
  })
})
