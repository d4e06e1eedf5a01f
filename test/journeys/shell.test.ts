import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('the frame around every page', { timeout: 60_000 }, () => {
  const stage = useStage()

  const sidebar = (page: Page) => page.getByRole('navigation', { name: 'Pages', exact: true })

  it('marks the one page that is open in the navigation', async () => {
    const page = await stage.browser.open()
    await signIn(page)
    const addressesOf = async (links: Locator) =>
      Promise.all((await links.all()).map(async (link) => (await link.getAttribute('href')) ?? ''))
    await sidebar(page).getByRole('link', { name: 'Latency Sleuth' }).waitFor()
    const addresses = await addressesOf(sidebar(page).getByRole('link'))
    expect(addresses.length).toBeGreaterThan(15)
    for (const address of addresses) {
      await sidebar(page).locator(`a[href="${address}"]`).click()
      await page.waitForURL((url) => url.pathname === address)
      const marked = sidebar(page).locator('[aria-current]')
      await expect.poll(() => addressesOf(marked), { message: address }).toEqual([address])
    }
  })

  it('shows the toolkit that a list is narrowed to also when there is none, and lets go of it', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/jobs?toolkit=long-gone')
    for (const list of ['/jobs', '/schedules']) {
      await page.goto(`${list}?toolkit=long-gone`)
      const field = page.getByRole('combobox', { name: 'Toolkit' })
      await expect.poll(() => field.inputValue()).toBe('long-gone (unknown)')
      await page.getByRole('heading', { name: /fits these filters/ }).waitFor()
      await field.click()
      await page.getByRole('option', { name: 'long-gone (unknown)', selected: true }).click()
      await page.waitForURL((url) => url.pathname === list && url.search === '')
      await expect.poll(() => field.inputValue()).toBe('')
    }
  })

  it('keeps in sight on a phone that a list is narrowed', async () => {
    const page = await stage.browser.open({ viewport: { width: 390, height: 844 } })
    await signIn(page, '/jobs?toolkit=long-gone')
    const clear = page.getByRole('search').getByRole('button', { name: 'Clear', exact: true })
    await clear.waitFor()
    const rightEdge = async () => {
      const box = await clear.boundingBox()
      return box && box.x + box.width
    }
    await expect.poll(rightEdge).toBeLessThanOrEqual(390)
    await clear.click()
    await page.waitForURL((url) => url.search === '')
  })

  it('reminds of a password that somebody else knows, until it is replaced', async () => {
    const password = 'given by somebody else'
    const body = { username: 'grace', password, roles: ['toolkit.user'], summary: 'joins the team' }
    await stage.toolbox.api.ask('POST', '/api/users', { body })
    const page = await stage.browser.open()
    const notice = page.getByRole('complementary', { name: 'Your password' })
    await page.goto('/')
    await page.getByLabel('User name').fill('grace')
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await notice.getByRole('button', { name: 'Not now' }).click()
    await notice.waitFor({ state: 'detached' })
    await page.reload()

    await notice.getByRole('link', { name: 'Choose your own' }).click()
    const form = page.getByRole('form', { name: 'Change your password' })
    await form.getByLabel('Current password').fill(password)
    await form.getByLabel('New password').fill('known to nobody else')
    await form.getByRole('button', { name: 'Change it' }).click()
    await page.getByText('All other sessions of yours have ended.').waitFor()
    await notice.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    expect(await notice.count()).toBe(0)
  })

  it('says on the dashboard that nothing answered a probe, though its job succeeded', async () => {
    const page = await stage.browser.open()
    await signIn(page)
    const url = `${stage.target.url}/gone`
    const input = { url, count: 2, expectStatus: 404 }
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input }
    await stage.toolbox.api.ask('POST', '/api/jobs', { body })
    const needsYou = page.getByRole('region', { name: 'Needs you' })
    const item = needsYou.getByRole('link', { name: /Latest probes: 1 of 1 gave no good answer/ })
    await expect
      .poll(
        async () => {
          await page.goto('/')
          await needsYou.waitFor()
          return item.count()
        },
        { timeout: 40_000, interval: 2000 },
      )
      .toBe(1)
    await item.getByText(`${url}: 2 of 2 failed`).waitFor()
    await item.click()
    await page.getByRole('heading', { name: 'Latency Sleuth' }).waitFor()
  })

  it('asks nothing on behalf of somebody who may see nothing yet, and does not call them offline', async () => {
    const body = {
      username: 'newcomer',
      password: 'given by somebody else',
      roles: [],
      summary: 'joins soon',
    }
    await stage.toolbox.api.ask('POST', '/api/users', { body })
    const page = await stage.browser.open()
    await page.goto('/')
    await page.getByLabel('User name').fill('newcomer')
    await page.getByLabel('Password', { exact: true }).fill(body.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'You hold no role yet' }).waitFor()
    await page.getByRole('button', { name: 'Account of newcomer' }).click()
    await page.getByRole('menuitem', { name: 'Your account' }).click()
    await page.getByRole('heading', { name: 'Your account' }).waitFor()
    const refused = await stage.toolbox.api.ask<{ items: unknown[] }>(
      'GET',
      '/api/audit?actor=newcomer&outcome=refused',
    )
    expect(refused.items).toEqual([])
    expect(await page.getByText('Offline').count()).toBe(0)
  })

  it('loads itself again when the server was upgraded and no longer has a part of it', async () => {
    const page = await stage.browser.open()
    await signIn(page)
    await page.getByRole('status').filter({ hasText: /^Live/ }).waitFor()
    let gone = 0
    await page.route(/\/assets\/UsersPage-.*\.js$/, (route) => {
      gone++
      return gone === 1 ? route.fulfill({ status: 404 }) : route.continue()
    })
    await sidebar(page).getByRole('link', { name: 'Users' }).click()
    await page.getByRole('button', { name: 'Add a user…' }).click()
    const name = page.getByRole('dialog').getByLabel('User name')
    await name.fill('two words')
    await page.getByText('Letters, digits and . _ @ - alone').waitFor()
    await name.fill('one.word')
    await page.getByText('Letters, digits and . _ @ - alone').waitFor({ state: 'detached' })
    expect(gone).toBeGreaterThan(1)
  })

  it('shows the first error of a log and leaves the clipboard alone until a link is asked for', async () => {
    const input = { url: 'http://169.254.169.254/', count: 1 }
    const body = { toolkit: 'latency-sleuth', operation: 'probe', input }
    const { job } = await stage.toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })
    const page = await stage.browser.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await signIn(page, `/jobs/${job.id}?tab=nonsense`)
    await page.getByRole('heading', { name: 'Why it failed' }).waitFor()
    await page.evaluate("navigator.clipboard.writeText('mine')")
    await page.getByRole('tab', { name: /^Logs/ }).click()
    await page.getByRole('button', { name: 'First error' }).click()
    const copy = page.getByRole('button', { name: /^Copy the link to line \d+$/ })
    await copy.waitFor()
    const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()')
    expect(await clipboard()).toBe('mine')
    await copy.focus()
    await page.keyboard.press('Enter')
    await expect.poll(clipboard).toMatch(new RegExp(`/jobs/${job.id}\\?tab=logs#L\\d+$`))
  })
})
