import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('the dashboard', { timeout: 40_000 }, () => {
  const stage = useStage()

  async function submit(input: object): Promise<string> {
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input }
    return (await stage.toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })).job.id
  }
  const needsYou = (page: Page) => page.getByRole('region', { name: 'Needs you' })

  it('tells a fresh installation what to do first, then what failed, and leads to it', async () => {
    const page = await stage.browser.open()
    await signIn(page)
    await page.getByText('Nothing has run here yet').waitFor()
    await needsYou(page).getByText('Nothing needs you').waitFor()
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()

    // The guard of outgoing requests refuses this one, which fails the job.
    const failed = await submit({ url: 'http://169.254.169.254/', count: 1 })
    const item = needsYou(page).getByRole('link', { name: /1 job failed in the last 24 hours/ })
    await item.waitFor()
    await item.click()
    await page.waitForURL('**/jobs?status=failed*')
    await page.locator(`#job-${failed}`).waitFor()
    await page.getByRole('button', { name: /^Remove the filter ended since/ }).waitFor()
  })

  it('plots how jobs ended: by pointer, by keyboard and as a table, each step leading to its jobs', async () => {
    const page = await stage.browser.open()
    const id = await submit({ url: stage.target.url, count: 1 })
    await signIn(page, '/?range=1h')
    await page.getByRole('button', { name: '1 hour', pressed: true }).waitFor()
    const plot = page.getByRole('figure', { name: /^Jobs that ended/ })
    await expect.poll(() => plot.getAttribute('aria-label')).toMatch(/1 succeeded/)
    await page.getByRole('region', { name: 'Operations' }).getByRole('rowheader').first().waitFor()
    const leadNowhere = `[...document.querySelectorAll('main b.number, main td.number')]
      .filter((number) => /[0-9]/.test(number.textContent) && !number.closest('a') && !number.querySelector('a'))
      .filter((number) => !number.closest('.plot'))
      .map((number) => number.parentElement.textContent)`
    await expect.poll(() => page.evaluate(leadNowhere)).toEqual([])
    await plot.getByText('As a table').click()
    await plot.getByRole('rowheader').getByRole('link').first().waitFor()
    await page.getByRole('button', { name: '24 hours' }).click()
    await page.waitForURL((url) => url.search === '')
    // The steps of the hour go when those of the day come, and the focus with them.
    const steps = plot.locator('.plot-step')
    await expect.poll(() => steps.count()).toBe(25)
    const latest = steps.last()
    await latest.focus()
    await expect.poll(() => latest.getAttribute('aria-label')).toMatch(/1 succeeded/)
    await page.keyboard.press('ArrowLeft')
    await expect
      .poll(() => page.evaluate('document.activeElement.getAttribute("aria-label")'))
      .toMatch(/: nothing$/)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/jobs?endedSince=*')
    await page.locator(`#job-${id}`).waitFor()
  })

  it('searches a log while it grows, and shows a match among all lines', async () => {
    const page = await stage.browser.open()
    const id = await submit({ url: `${stage.target.url}/slow`, count: 900 })
    await signIn(page, `/jobs/${id}?tab=logs`)
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('SLOW')
    await page.getByText('1 line fits').waitFor()
    await page.getByRole('searchbox', { name: 'Search the log' }).fill(' in ')
    await page.getByText(/^[3-9] lines fit/).waitFor()
    await page.keyboard.press('Enter')
    await page.getByText(/^1 of \d+ lines fit/).waitFor()
    await page.getByRole('button', { name: 'Show among all lines' }).click()
    await page.locator('.log-picked').waitFor()
    await expect.poll(() => page.locator('.log-line').first().innerText()).toContain('Probing')
  })

  it('says which toolkits are switched off', async () => {
    const page = await stage.browser.open()
    await signIn(page)
    const body = { justification: 'not needed this week' }
    await stage.toolbox.api.ask('POST', '/api/toolkits/regex/disable', { body })
    await needsYou(page)
      .getByRole('link', { name: /Regex is disabled/ })
      .waitFor()
  })
})
