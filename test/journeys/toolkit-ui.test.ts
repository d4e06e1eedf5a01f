import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToolbox, type Toolbox } from '../support/toolbox.ts'
import { type Browser, chromiumPath, signIn, startBrowser } from './browser.ts'
import { buildJourneyToolkits } from './toolkits.ts'

describe.skipIf(!chromiumPath())("toolkits' own pages", { timeout: 40_000 }, () => {
  let toolkits: Awaited<ReturnType<typeof buildJourneyToolkits>>
  let toolbox: Toolbox
  let browser: Browser

  beforeAll(async () => {
    toolkits = await buildJourneyToolkits()
    toolbox = await startToolbox({ settings: { TOOLBOX_EXTRA_TOOLKITS: toolkits.path } })
    browser = await startBrowser(toolbox.address)
  })
  afterAll(async () => {
    await browser[Symbol.asyncDispose]()
    await toolbox[Symbol.asyncDispose]()
    await toolkits[Symbol.asyncDispose]()
  })

  async function open(path: string): Promise<Page> {
    const page = await browser.open()
    await signIn(page, path)
    return page
  }
  const tabs = (page: Page) => page.getByRole('navigation', { name: /^Pages of/ })
  const reason = (page: Page) => page.getByRole('alert', { name: 'Why its own pages are not shown' })
  async function runLevel(page: Page, level: number) {
    await page.getByRole('textbox', { name: /^Tank/ }).fill('north')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const result = page.getByRole('region', { name: 'Result' }).last()
    await expect.poll(() => result.innerText()).toContain(`"level": ${level}`)
  }

  it('share the React, the look and the session of the shell, and follow their jobs', async () => {
    const page = await open('/toolkits/gauge')
    const level = page.locator('.gauge-level')
    await expect.poll(() => level.innerText()).toBe('42 %')
    const colourOf = (selector: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).color`)
    expect(await colourOf('.gauge-level')).toBe(await colourOf('.mark-good'))
    await page.getByRole('button', { name: 'Fill' }).click()
    await page.getByText('{"level":100}').waitFor()
    await page.getByText('water runs').waitFor()
    expect(browser.faults).toEqual([])
  })

  it('have routes of their own, beside the operations as forms', async () => {
    const page = await open('/toolkits/gauge')
    await tabs(page).getByRole('link', { name: 'Tanks' }).click()
    await page.getByRole('link', { name: 'North' }).click()
    await page.waitForURL('**/toolkits/gauge/tanks/north')
    await page.reload()
    await page.getByRole('heading', { name: 'Tank north' }).waitFor()
    await tabs(page).getByRole('link', { name: 'Operations' }).click()
    await runLevel(page, 42)
    await page.goto('/toolkits/gauge/nowhere')
    await page.getByText('Gauge has no such page').waitFor()
  })

  it('leave their styles behind when they go', async () => {
    const page = await open('/toolkits/gauge')
    await page.locator('.gauge-level').waitFor()
    const inUse = () =>
      page.evaluate<boolean>(
        "[...document.styleSheets].some(({ href, disabled }) => href?.includes('/toolkit-assets/gauge/') && !disabled)",
      )
    await expect.poll(inUse).toBe(true)
    await page
      .getByRole('navigation', { name: 'Pages', exact: true })
      .getByRole('link', { name: 'Jobs' })
      .click()
    await page.getByRole('heading', { name: 'Jobs', exact: true }).waitFor()
    await expect.poll(inUse).toBe(false)
  })

  it('that throw give way to the forms, with the reason; the rest goes on', async () => {
    const page = await open('/toolkits/gauge/needle')
    await reason(page).waitFor()
    await expect
      .poll(() => reason(page).innerText())
      .toMatch(
        /Failed to load toolkit UI for gauge[\s\S]*remote[\s\S]*\/toolkit-assets\/gauge\/[\s\S]*TypeError: the needle is bent/,
      )
    await runLevel(page, 42)
    await reason(page).getByRole('button', { name: 'Try again' }).click()
    await reason(page).waitFor()
    await tabs(page).getByRole('link', { name: 'Level' }).click()
    await page.locator('.gauge-level').waitFor()
  })

  it('that do not load give way as well, with what the server said', async () => {
    const page = await open('/toolkits/unbuilt')
    await reason(page).waitFor()
    await expect
      .poll(() => reason(page).innerText())
      .toMatch(
        /Failed to load toolkit UI for unbuilt[\s\S]*Failed to fetch dynamically imported module[\s\S]*the server answered 404, The bundle of unbuilt 1\.0\.0 holds no file dist\/ui\/index\.js/,
      )
    await runLevel(page, 7)
  })

  it('are shown with their failures to curators, and where they come from side by side', async () => {
    const page = await open('/toolkits/gauge/needle')
    await reason(page).getByRole('link', { name: 'All failures, and what is where' }).click()
    const failures = page.getByRole('region', { name: 'Load failures' })
    const threw = failures.getByRole('listitem').filter({ hasText: 'TypeError: the needle is bent' })
    await expect
      .poll(() => threw.innerText())
      .toMatch(/Threw\s*Failed to load toolkit UI for gauge[\s\S]*remote[\s\S]*by root[\s\S]*Chrome \d+/)
    const specifiers = page.getByRole('region', { name: 'Specifiers' })
    await specifiers.getByText('The same', { exact: true }).waitFor()
    const row = (name: string) => specifiers.getByRole('row', { name: new RegExp(`^${name}`) })
    await expect.poll(() => row('Answer this browser gets').innerText()).toContain('200, text/javascript')
    await expect
      .poll(() => row('Exports').innerText())
      .toMatch(/toolkitUi, stylesheets.*toolkitUi, stylesheets/s)
    await page.getByRole('region', { name: 'Toolkit hosts' }).getByRole('link', { name: 'gauge' }).waitFor()
  })

  it('of regex mark, explain and replace as one types', async () => {
    const page = await open('/toolkits/regex')
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('ab abb\nxyz abbb')
    await page.getByRole('textbox', { name: 'Pattern' }).fill('a(?<bees>b+)')
    const marks = page.locator('.regex-backdrop mark')
    await expect.poll(() => marks.allInnerTexts()).toEqual(['ab', 'abb', 'abbb'])
    await page.getByRole('region', { name: 'Explanation' }).getByText('named “bees”').first().waitFor()
    await page.getByRole('textbox', { name: 'Replace with' }).fill('[$<bees>]')
    const preview = page.getByRole('region', { name: 'Text after the replacement' })
    await expect.poll(() => preview.innerText()).toContain('[b] [bb]\nxyz [bbb]')
    await page.getByRole('button', { name: /^g: / }).click()
    await expect.poll(() => marks.allInnerTexts()).toEqual(['ab'])
    await page.getByRole('textbox', { name: 'Pattern' }).fill('a(b')
    await page.getByText(/Unterminated group/).waitFor()
    expect(new URL(page.url()).searchParams.get('pattern')).toBe('a(b')
  })

  it('of regex survive a hostile pattern, which is stopped and named', async () => {
    const page = await open('/toolkits/regex?pattern=^(a%2B)%2B$&flags=g')
    await page.getByText('It may run away').waitFor()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill(`${'a'.repeat(40)}b`)
    await page.getByText('This pattern ran away and was stopped.').waitFor()
    await page.getByRole('textbox', { name: 'Pattern' }).fill('b$')
    await expect.poll(() => page.locator('.regex-backdrop mark').allInnerTexts()).toEqual(['b'])
  })

  it('may be none at all: each operation is a form', async () => {
    const page = await open('/toolkits/plain')
    await page.getByText('Plain has no page of its own').waitFor()
    expect(await reason(page).count()).toBe(0)
    await runLevel(page, 7)
  })

  it('ask why before something is destroyed, and keep the answer', async () => {
    const page = await open('/toolkits/plain?operation=drain')
    await page.getByRole('textbox', { name: /^Tank/ }).fill('north')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Drain the tank?' })
    await dialog.getByText('Lets all of it out.').waitFor()
    await dialog.getByText('"north"').waitFor()
    const confirm = dialog.getByRole('button', { name: 'Drain the tank' })
    await expect.poll(() => confirm.isDisabled()).toBe(true)
    await dialog.getByLabel('Justification').fill('it leaks – CHG-7')
    await confirm.click()
    await page.getByRole('region', { name: 'Result' }).getByText('"level"').waitFor()
    const { items } = await toolbox.api.ask<{ items: { outcome: string; detail: string }[] }>(
      'GET',
      '/api/audit?operation=plain.drain',
    )
    expect(items).toMatchObject([
      { outcome: 'succeeded', detail: 'it leaks – CHG-7' },
      { outcome: 'started', detail: 'it leaks – CHG-7' },
    ])
  })
})
