import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createSessions } from '../../codex/src/sessions/sessions.ts'
import { smallBacklog, testDeps } from '../../codex/test/scratch.ts'
import { bearer, cookie, makeToken, signIn as signInByApi } from '../support/api.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'
import { backlogFile, dragBefore, registerWorkspace } from './workspace.ts'

const hourMs = 3_600_000

/** Three tasks whose order the file decides. */
const threeAlike = `version: 1
areas:
  - id: web
    title: Web
    tasks:
      - id: one
        title: Paint it
        status: backlog
      - id: two
        title: Hang it
        status: backlog
      - id: three
        title: Light it
        status: backlog
`

describe.skipIf(!chromiumPath())('the codex where two want the same', { timeout: 120_000 }, () => {
  const stage = useStage()
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

  it('takes a task over once the lease of its holder has ended', async () => {
    await using workspace = await registerWorkspace(stage.toolbox.api, 'Ended', {
      [backlogFile]: smallBacklog,
    })
    // Claimed at a terminal, by somebody who went home.
    const deps = testDeps(workspace.root, 'alice', new Date(Date.now() - 5 * hourMs).toISOString())
    const theirs = createSessions(deps)
    const { id } = await theirs.start({ task: 'engine', detached: true, why: 'it is the first' })

    const page = await stage.browser.open()
    await signIn(page, `${workspace.page}/focus`)
    const others = page.getByRole('region', { name: 'Other open sessions' })
    await others.getByText('alice').waitFor()
    await others.getByText('lease ended', { exact: true }).waitFor()
    await button(page, 'Take over…').click()
    const dialog = page.getByRole('dialog', { name: 'Take over Build the engine' })
    await dialog.getByText('The lease of alice has ended, so you may take it over.').waitFor()
    await dialog.getByRole('textbox', { name: /^Why/ }).fill('alice is away')
    await dialog.getByRole('button', { name: 'Take it over' }).click()

    const mine = page.getByRole('region', { name: 'Your session' })
    await mine.getByText('alice is away').first().waitFor()
    await mine.getByText(/3 h 5\d m left/).waitFor()
    await expect.poll(() => workspace.read('ai/state/journal.md')).toContain('alice is away')
    await expect(createSessions({ ...deps, session: id }).note('back again')).rejects.toMatchObject({
      code: 'fenced',
    })
    await mine.getByLabel('Note').fill('The belt was loose.')
    await button(page, 'Write it down').click()
    await expect.poll(() => workspace.read('ai/state/journal.md')).toContain('The belt was loose.')
    expect(await workspace.read('ai/state/journal.md')).not.toContain('back again')
    // A takeover leaves nothing to put right.
    expect(await stage.toolbox.api.ask('GET', workspace.api)).toMatchObject({ ailments: [], findings: [] })
  })

  it('takes a task from somebody who holds it only with a reason, and tells them', async () => {
    await using workspace = await registerWorkspace(stage.toolbox.api, 'Held', {
      [backlogFile]: smallBacklog,
    })
    const { api, anyone } = stage.toolbox
    const password = 'twelve letters'
    const body = { username: 'bob', password, roles: ['toolkit.user'], summary: 'works with the codex' }
    await api.ask('POST', '/api/users', { body })
    const bob = anyone.as(
      bearer(await makeToken(anyone.as(cookie(await signInByApi(anyone, 'bob', password))))),
    )
    const claim = { task: 'jobs/engine', why: 'mine for the day' }
    const { session } = await bob.ask<{ session: { id: string } }>('POST', `${workspace.api}/sessions`, {
      body: claim,
    })

    const theirs = await stage.browser.open()
    await theirs.goto(`${workspace.page}/focus?session=${session.id}`)
    await theirs.getByLabel('User name').fill('bob')
    await theirs.getByLabel('Password', { exact: true }).fill(password)
    await button(theirs, 'Sign in').click()
    await theirs.getByRole('region', { name: 'Your session' }).getByText('mine for the day').first().waitFor()
    await theirs.getByLabel('Note').fill('half a sent')

    const page = await stage.browser.open()
    await signIn(page, `${workspace.page}?task=jobs%2Fengine`)
    await button(page, 'Take over…').click()
    const dialog = page.getByRole('dialog', { name: 'Take over Build the engine' })
    await dialog.getByText('bob still holds it').waitFor()
    await dialog.getByRole('textbox', { name: /^Why you take it/ }).fill('the site is down')
    await dialog.getByRole('button', { name: 'Take it over' }).click()
    await page.getByRole('region', { name: 'Your session' }).getByText('the site is down').first().waitFor()

    await theirs.getByText('root took it over', { exact: true }).waitFor()
    expect(await theirs.getByLabel('Note').inputValue()).toBe('half a sent')
    const refused = await bob.call<{ detail: string }>(
      'POST',
      `${workspace.api}/sessions/${session.id}/note`,
      {
        body: { text: 'late' },
      },
    )
    expect(refused.status).toBe(409)
    await button(theirs, 'Leave it').click()
    await theirs.getByRole('heading', { name: 'You hold no task' }).waitFor()
    await theirs.getByRole('region', { name: 'Ended lately' }).getByText('Taken over').waitFor()
  })

  it('moves nothing when the file changed underneath, and asks', async () => {
    await using workspace = await registerWorkspace(stage.toolbox.api, 'Moved', { [backlogFile]: threeAlike })
    const page = await stage.browser.open()
    // The page is not told of changes, so that it acts on what it read first, however slow the machine is.
    await page.route('**/api/events*', (route) => route.abort())
    await signIn(page, workspace.page)
    const titles = () => page.locator('.task-card-title').allInnerTexts()
    await expect.poll(titles).toEqual(['Paint it', 'Hang it', 'Light it'])

    const theirs = threeAlike.replace('Hang it', 'Hang it straight')
    await workspace.write(backlogFile, theirs)
    await dragBefore(page, 'web/three', 'web/one')
    const conflict = page.getByRole('dialog', { name: 'Light it was not moved' })
    await conflict.getByText('You wanted it before “Paint it”.').waitFor()
    await button(page, 'Leave it where it is').click()
    await conflict.waitFor({ state: 'detached' })
    await expect.poll(titles).toEqual(['Paint it', 'Hang it straight', 'Light it'])
    expect(await workspace.read(backlogFile)).toBe(theirs)

    const again = theirs.replace('Paint it', 'Paint it blue')
    await workspace.write(backlogFile, again)
    await dragBefore(page, 'web/three', 'web/one')
    await conflict.waitFor()
    await button(page, 'Move it all the same').click()
    await conflict.waitFor({ state: 'detached' })
    await expect.poll(titles).toEqual(['Light it', 'Paint it blue', 'Hang it straight'])
    await expect
      .poll(() => workspace.read(backlogFile))
      .toMatch(/three[\s\S]*Paint it blue[\s\S]*Hang it straight/)
  })

  it('lets each field of an area be chosen where somebody else changed it too', async () => {
    await using workspace = await registerWorkspace(stage.toolbox.api, 'Area', { [backlogFile]: threeAlike })
    const page = await stage.browser.open()
    await page.route('**/api/events*', (route) => route.abort())
    await signIn(page, `${workspace.page}?task=web%2Fone`)
    await page
      .getByRole('dialog', { name: 'Paint it' })
      .getByRole('link', { name: 'web', exact: true })
      .click()
    const band = page.getByRole('region', { name: 'Area', exact: true })
    await band.getByRole('button', { name: 'Edit the area…' }).click()
    const form = page.getByRole('form', { name: 'Edit the area' })
    await form.getByLabel('Title').fill('The web')
    await form.getByLabel('Summary').fill('What people see.')
    await workspace.write(backlogFile, threeAlike.replace('title: Web', 'title: Pages'))
    await form.getByRole('button', { name: 'Save' }).click()
    const conflict = page.getByRole('dialog', { name: 'Web was changed meanwhile' })
    const title = conflict.getByRole('group', { name: /^Title/ })
    await title.getByText('changed by somebody else too').waitFor()
    expect(await workspace.read(backlogFile)).not.toContain('The web')
    await title.getByRole('radio', { name: /^There now/ }).check()
    await button(page, 'Write what is chosen').click()
    await conflict.waitFor({ state: 'detached' })
    await band.getByRole('heading', { name: 'Pages' }).waitFor()
    await band.getByText('What people see.').waitFor()
    await expect
      .poll(() => workspace.read(backlogFile))
      .toMatch(/title: Pages[\s\S]*summary: What people see\./)
  })

  it('says of a task that was taken off meanwhile that it is gone', async () => {
    await using workspace = await registerWorkspace(stage.toolbox.api, 'Gone', { [backlogFile]: threeAlike })
    const page = await stage.browser.open()
    await page.route('**/api/events*', (route) => route.abort())
    await signIn(page, workspace.page)
    await page.locator('[data-task="web/three"]').waitFor()
    const without = threeAlike.slice(0, threeAlike.indexOf('      - id: three'))
    await workspace.write(backlogFile, without)
    await dragBefore(page, 'web/three', 'web/one')
    const conflict = page.getByRole('dialog', { name: 'Light it was not moved' })
    await conflict.getByText(/no longer on the backlog/).waitFor()
    await button(page, 'Close').last().click()
    await page.locator('[data-task="web/three"]').waitFor({ state: 'detached' })
    expect(await workspace.read(backlogFile)).toBe(without)
  })
})
