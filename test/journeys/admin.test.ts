import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { bearer } from '../support/api.ts'
import { superuser } from '../support/toolbox.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('an administrator in the browser', { timeout: 40_000 }, () => {
  const stage = useStage()

  const dialog = (page: Page) => page.getByRole('dialog').last()
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

  async function addUser(username: string, password: string, roles: readonly string[]) {
    const body = { username, password, roles, summary: 'joins the team on call' }
    await stage.toolbox.api.ask('POST', '/api/users', { body })
  }
  async function signInAs(username: string, password: string, path = '/'): Promise<Page> {
    const page = await stage.browser.open()
    await page.goto(path)
    await page.getByLabel('User name').fill(username)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await button(page, 'Sign in').click()
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    return page
  }

  it('adds an operator, who signs in, is refused an admin page by role, and is found in the log', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/admin/users')
    await button(page, 'Add a user…').click()
    await dialog(page).getByLabel('User name').fill('ada')
    await dialog(page).getByLabel('Display name').fill('Ada Lovelace')
    await button(page, 'Make one up').click()
    const password = await dialog(page).getByLabel('Password', { exact: false }).first().inputValue()
    expect(password).toMatch(/^([a-z2-9]{4}-){4}[a-z2-9]{4}$/)
    expect(await button(page, 'Add the user').isDisabled()).toBe(true)
    await dialog(page).getByLabel('Why').fill('joins the team on call')
    await button(page, 'Add the user').click()
    await page.getByRole('link', { name: 'Ada Lovelace' }).waitFor()

    const hers = await signInAs('ada', password, '/admin/audit')
    await hers.getByRole('heading', { name: 'You need the role system.admin' }).waitFor()
    await hers.getByText('You hold toolkit.user.').waitFor()
    expect(await hers.getByRole('link', { name: 'Audit log' }).count()).toBe(0)
    await hers.goto('/admin/users')
    await hers.getByRole('heading', { name: 'You need the role superuser' }).waitFor()

    await page.goto('/admin/audit')
    await page.getByRole('combobox', { name: 'Operation' }).fill('users.*')
    await page.getByRole('grid').getByText('joins the team on call').waitFor()
    await page.waitForURL(/operation=users\.\*/)
    await expect.poll(() => page.getByRole('grid').getByText('auth.login').count()).toBe(0)
    await page.getByRole('link', { name: 'users.create' }).click()
    const entry = dialog(page).getByRole('region', { name: 'Input, with secrets removed' })
    await entry.getByText('"Ada Lovelace"').waitFor()
    expect(await entry.innerText()).not.toContain(password)
    await button(page, 'Older').click()
    await page.waitForURL(/entry=\d+/)
  })

  it('disables a user: the session ends at once, the token for good; enabling lets the user in again', async () => {
    const password = 'a password of grace'
    await addUser('grace', password, ['toolkit.user'])
    const hers = await signInAs('grace', password, '/account')
    await button(hers, 'Make a token…').click()
    await dialog(hers).getByLabel('Name').fill('pipeline')
    await dialog(hers).getByRole('combobox', { name: 'Only these operations' }).fill('jobs.*')
    await hers.getByRole('option', { name: 'jobs.*', exact: true }).click()
    await hers.keyboard.press('Escape')
    await button(hers, 'Make the token').click()
    const token = await dialog(hers).locator('code').innerText()
    await button(hers, 'I have kept it').click()
    await hers.getByRole('region', { name: 'Your API tokens' }).getByText('jobs.*').waitFor()
    const asToken = stage.toolbox.anyone.as(bearer(token))
    expect((await asToken.call('GET', '/api/jobs')).status).toBe(200)
    expect((await asToken.call('GET', '/api/toolkits')).status).toBe(403)

    const page = await stage.browser.open()
    await signIn(page, '/admin/users?user=grace')
    await dialog(page).getByText('Chrome on').waitFor()
    await button(page, 'Disable…').click()
    await dialog(page).getByLabel('Why').fill('left the team')
    await button(page, 'Disable').click()
    await dialog(page).getByText('Disabled').waitFor()
    await dialog(page).getByText('Signed in nowhere.').waitFor()
    expect((await asToken.call('GET', '/api/jobs')).status).toBe(401)

    await button(page, 'Enable…').click()
    await dialog(page).getByLabel('Why').fill('came back')
    await button(page, 'Enable').click()
    await dialog(page).getByText('Active').waitFor()
    expect((await asToken.call('GET', '/api/jobs')).status).toBe(401)
    await signInAs('grace', password)
  })

  it('changes roles, which count with the next request, and never takes the last superuser', async () => {
    await addUser('curie', 'a password of curie', ['toolkit.user'])
    const page = await stage.browser.open()
    await signIn(page, '/admin/users?q=curie')
    await page.getByRole('link', { name: 'curie' }).click()
    await button(page, 'Roles…').click()
    await dialog(page).getByLabel('system.admin').check()
    await dialog(page).getByLabel('Why').fill('takes over the audit')
    await button(page, 'Set the roles').click()
    await dialog(page).getByText('system.admin').waitFor()
    const hers = await signInAs('curie', 'a password of curie', '/admin/audit?operation=users.setRoles')
    await hers.getByRole('grid').getByText('takes over the audit').waitFor()

    await page.goto(`/admin/users?user=${superuser.username}`)
    await button(page, 'Disable…').click()
    await dialog(page).getByLabel('Why').fill('a mistake')
    await button(page, 'Disable').click()
    await dialog(page).getByRole('alert').getByText('last enabled superuser').waitFor()
  })

  it('verifies the log, against a head kept earlier as well, and exports what the filters let through', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/admin/audit?operation=auth.login')
    await button(page, 'Verify…').click()
    await button(page, 'Check every entry').click()
    await dialog(page).getByText('The chain is intact').waitFor()
    const head = (await dialog(page).getByTitle('Copy the head').innerText()).split(',')[0]?.trim() ?? ''
    expect(head).toMatch(/^\d+:[0-9a-f]{64}$/)
    await dialog(page).getByLabel('Head kept earlier').fill(head)
    await button(page, 'Check every entry').click()
    await dialog(page).getByText('is the one that was kept').waitFor()
    await dialog(page)
      .getByLabel('Head kept earlier')
      .fill(`${head.split(':')[0]}:${'0'.repeat(64)}`)
    await button(page, 'Check every entry').click()
    await dialog(page).getByText('The chain is broken').waitFor()
    await dialog(page).getByText('is not the one that was exported').waitFor()
    await page.keyboard.press('Escape')

    await button(page, 'Export').click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: /^JSON Lines/ }).click()
    const file = await (await download).path()
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    const operations = new Set(lines.map((line) => JSON.parse(line).operation))
    expect([...operations]).toEqual(['auth.login'])
  })

  it('keeps filters as a view that is there in another browser, and removes it', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/jobs?toolkit=regex')
    await button(page, 'Save these filters…').click()
    await dialog(page).getByLabel('Name').fill('Regex jobs')
    await button(page, 'Save').click()
    const other = await stage.browser.open()
    await signIn(other, '/jobs')
    await other.getByRole('link', { name: 'Failed in the last 24 h' }).click()
    await other.waitForURL(/status=failed/)
    await other.getByRole('link', { name: 'Regex jobs' }).click()
    await other.waitForURL(/toolkit=regex/)
    await button(other, 'Remove the view Regex jobs').click()
    await button(other, 'Remove').click()
    await other.getByRole('link', { name: 'Regex jobs' }).waitFor({ state: 'detached' })
  })

  it("stores a secret whose value is never seen again, and names it in a toolkit's settings", async () => {
    const canary = 'canary-of-the-secrets-page'
    const page = await stage.browser.open()
    await signIn(page, '/admin/secrets')
    await button(page, 'Store a secret…').click()
    await dialog(page)
      .getByLabel(/^Name( \*)?$/)
      .fill('probes/example')
    await dialog(page).getByLabel('Name of field 1').fill('header')
    await dialog(page).getByLabel('Value of field 1').fill(canary)
    await button(page, 'Store it').click()
    await page.getByText('secret:probes/example#header').waitFor()
    expect(await page.content()).not.toContain(canary)

    await page.goto('/admin/toolkits/latency-sleuth')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('textbox', { name: /^Host/ }).fill('example.org')
    await page.getByRole('textbox', { name: /^Header/ }).fill('authorization')
    await page.getByRole('textbox', { name: /^Value/ }).fill('secret:probes/example#header')
    await button(page, 'Save the settings').click()
    await page.getByText('Version 1.', { exact: false }).first().waitFor()

    await page.goto('/admin/secrets')
    await button(page, 'Remove probes/example').click()
    expect(await button(page, 'Remove it for good').isDisabled()).toBe(true)
    await dialog(page).getByLabel('Type probes/example to go on').fill('probes/example')
    await button(page, 'Remove it for good').click()
    await page.getByRole('heading', { name: 'No secret is stored' }).waitFor()
  })

  it('switches a toolkit off and on with a justification', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/admin/toolkits')
    await page.getByRole('link', { name: 'Regex' }).last().click()
    await button(page, 'Disable…').click()
    await dialog(page).getByLabel('Justification').fill('backtracks too much')
    await button(page, 'Disable').click()
    await page.locator('h1').getByText('Disabled').waitFor()
    await button(page, 'Enable…').click()
    await dialog(page).getByLabel('Justification').fill('mended')
    await button(page, 'Enable').click()
    await button(page, 'Disable…').waitFor()
  })

  it('ends another session of their own, and sees what the log says of a job', async () => {
    const body = {
      toolkit: 'latency-sleuth',
      operation: 'probe',
      input: { url: stage.toolbox.address, count: 1 },
    }
    const { job } = await stage.toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })
    const other = await signInAs(superuser.username, superuser.password)
    const page = await stage.browser.open()
    await signIn(page, '/account')
    const sessions = page.getByRole('region', { name: 'Your sessions' })
    await sessions
      .getByRole('button', { name: /^End the session of Chrome/ })
      .first()
      .click()
    await button(page, 'End the session').click()
    await dialog(page).waitFor({ state: 'detached' })
    await page.goto(`/jobs/${job.id}?tab=audit`)
    await page.getByRole('cell', { name: 'latency-sleuth.probe' }).waitFor()
    await other.close()
  })

  it('is told plainly which entry of the log was changed', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/admin/audit')
    const database = new Sqlite(join(stage.toolbox.dataDirectory, 'toolbox.db'))
    database.prepare(`update audit_entries set actor_name = 'somebody else' where seq = 2`).run()
    database.close()
    await button(page, 'Verify…').click()
    await button(page, 'Check every entry').click()
    await dialog(page).getByText('The chain is broken').waitFor()
    await dialog(page).getByText('Entry 2, or its link to the one before, was changed.').waitFor()
    await dialog(page).getByRole('link', { name: 'Look at entry 2' }).click()
    await page.getByRole('dialog', { name: 'Audit entry 2' }).waitFor()
  })
})
