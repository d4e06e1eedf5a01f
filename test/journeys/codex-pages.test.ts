import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addingRepository } from '../../backend/src/codex/test/adding-repository.ts'
import { createSessions } from '../../codex/src/sessions/sessions.ts'
import { smallBacklog, testDeps } from '../../codex/test/scratch.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'
import { backlogFile, dragBefore, dragInto, registerWorkspace } from './workspace.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

/** More than a phone shows at once, all alike, so that the file decides their order. */
const manyTasks = `version: 1
areas:
  - id: web
    title: Web
    tasks:
${Array.from({ length: 30 }, (_, n) => `      - id: t${n}\n        title: Task number ${n}\n        status: backlog\n`).join('')}`

describe.skipIf(!chromiumPath())('the pages of the codex', { timeout: 120_000 }, () => {
  const stage = useStage()
  let workspace: Awaited<ReturnType<typeof registerWorkspace>>
  beforeAll(async () => {
    const files = { ...addingRepository, [backlogFile]: manyTasks }
    workspace = await registerWorkspace(stage.toolbox.api, 'Payments', files)
  })
  afterAll(() => workspace[Symbol.asyncDispose]())

  it('are as wide as a phone, with everything on them within reach', async () => {
    const page = await stage.browser.open(phone)
    await signIn(page, '/codex/workspaces')
    for (const path of [
      workspace.page,
      `${workspace.page}?task=web%2Ft3`,
      `${workspace.page}?view=table`,
      `${workspace.page}?view=graph`,
      `${workspace.page}?view=progress`,
      `${workspace.page}/focus`,
      `${workspace.page}/journal`,
      `${workspace.page}/prompts`,
      '/codex/workspaces',
      '/codex/tasks',
      '/codex/tasks/switch-toolkit',
      '/codex/personas',
      '/codex/runs',
      '/codex/prompts',
    ]) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(() => page.locator('main .loading').count()).toBe(0)
      // A phone zooms out of what is too wide, so that `innerWidth` would agree with anything.
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(390)
    }
  })

  it('let a finger drag a card by its handle, further than the screen shows', async () => {
    const page = await stage.browser.open(phone)
    await signIn(page, workspace.page)
    const handle = page.locator('[data-task="web/t1"] [data-handle]')
    await handle.scrollIntoViewIfNeeded()
    const finger = await touchAt(page, handle)
    // Held near the lower edge, the page comes up below it.
    await finger.to(200, 800)
    await page.locator('.task-ghost').waitFor()
    await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(900)
    await finger.to(200, 420)
    await page.locator('[data-drop-before=true]').waitFor()
    await finger.up()
    const ids = async () => idsOf(await workspace.read(backlogFile))
    // Where exactly depends on how far the page came; a screen shows fewer than eight cards.
    await expect.poll(async () => (await ids()).indexOf('t1')).toBeGreaterThan(8)
    expect((await ids()).toSorted()).toEqual(idsOf(manyTasks).toSorted())
  })

  it('put a card of another column where it was dropped', async () => {
    const { api } = stage.toolbox
    const begun = manyTasks.replaceAll(/(id: t[12]\n.*\n\s*status: )backlog/g, '$1in_progress')
    await using other = await registerWorkspace(api, 'Columns', { [backlogFile]: begun })
    const page = await stage.browser.open()
    await signIn(page, other.page)
    await page.locator('[data-column=in_progress] [data-task="web/t2"]').waitFor()
    await dragBefore(page, 'web/t0', 'web/t2')
    await expect
      .poll(() => other.read(backlogFile))
      .toMatch(/id: t1\n.*\n.*\n\s*- id: t0\n.*\n\s*status: in_progress\n\s*- id: t2\n/)
    const order = () => page.locator('[data-column=in_progress] .task-card-address').allInnerTexts()
    await expect.poll(order).toEqual(['web/t1', 'web/t0', 'web/t2'])
  })

  it('offer the tasks and personas of a repository once its workspace is chosen, and check by them', async () => {
    const page = await stage.browser.open(phone)
    await signIn(page, '/codex/prompts')
    await page.getByRole('combobox', { name: 'Workspace' }).click()
    await page.getByRole('option', { name: 'Payments' }).click()
    await page.getByRole('button', { name: 'Compose…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Task' }).click()
    await page.getByText('Repository of Payments').first().waitFor()
    await page.getByRole('option', { name: 'Check that a release is quiet' }).click()
    await dialog.getByText('Added by the repository of').waitFor()
    await expect
      .poll(() => dialog.getByRole('combobox', { name: 'Persona' }).inputValue())
      .toBe('Release Captain')
    await dialog.getByRole('textbox', { name: /^release/ }).fill('1.2.3')
    await dialog.getByRole('button', { name: 'Compose', exact: true }).click()
    await page.getByRole('button', { name: 'Put it into the editor' }).click()
    await page.getByRole('region', { name: 'Findings' }).getByText('None').waitFor()
  })

  it('tell the journal of the workspace that was chosen what a run came to', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/tasks/audit-toolkits')
    await page.getByRole('combobox', { name: 'Journal' }).click()
    await page.getByRole('option', { name: 'Payments' }).click()
    await page.getByRole('button', { name: 'Run the task' }).click()
    await page.getByRole('heading', { name: /^Audit toolkits.*Succeeded/ }).waitFor()
    const about = page.getByRole('region', { name: 'About the run' })
    await about.getByText('tells of it').waitFor()
    await about.getByRole('link', { name: 'its workspace' }).click()
    await page.getByText('Run: Audit toolkits and flag the disabled ones').first().waitFor()
    await page.getByRole('link', { name: 'tasks/audit-toolkits' }).click()
    await page.waitForURL('**/codex/tasks/audit-toolkits?workspace=*')
  })

  it('close a task only with outcome, lesson and boxes, also from the board, and claim it where nobody holds it', async () => {
    await using other = await registerWorkspace(stage.toolbox.api, 'Closing', {
      [backlogFile]: smallBacklog,
      '.github/PULL_REQUEST_TEMPLATE.md': '- [ ] Tests pass\n',
    })
    const page = await stage.browser.open()
    await signIn(page, other.page)
    await page.locator('[data-task="jobs/engine"]').waitFor()
    await dragInto(page, 'jobs/engine', 'done')
    const form = page.getByRole('form', { name: 'Close the task' })
    await form.getByText('it is claimed for you and closed').waitFor()
    expect(await other.read(backlogFile)).toBe(smallBacklog)
    const close = form.getByRole('button', { name: 'Close the task' })
    await form.getByRole('textbox', { name: 'Outcome 1' }).fill('GET /api/jobs answers')
    await form.getByLabel('Lesson').fill('Belts slip.')
    await expect.poll(() => close.isDisabled()).toBe(true)
    await form.getByLabel('Confirmed').check()
    await close.click()
    await form.waitFor({ state: 'detached' })
    await page.locator('[data-column=done] [data-task="jobs/engine"]').waitFor()
    await expect.poll(() => other.read('ai/state/journal.md')).toContain('Lesson: Belts slip.')

    // One that somebody holds is theirs to close.
    const alice = testDeps(other.root, 'alice', new Date().toISOString())
    await createSessions(alice).start({ task: 'cron', detached: true })
    await page.locator('[data-column=in_progress] [data-task="jobs/cron"] .claim').waitFor()
    await openMenu(page, 'Run on a schedule', 'Done…')
    const dialog = page.getByRole('dialog', { name: 'Close Run on a schedule' })
    await dialog.getByText('alice holds it').waitFor()
    await dialog.getByRole('button', { name: 'Take over…' }).waitFor()
    await form.waitFor({ state: 'detached' })
  })

  it('ask why a task is done that waits', async () => {
    await using other = await registerWorkspace(stage.toolbox.api, 'Waiting', { [backlogFile]: smallBacklog })
    const page = await stage.browser.open()
    await signIn(page, other.page)
    await page.locator('[data-task="jobs/logs"] .task-waits').waitFor()
    await openMenu(page, 'Tail the logs', 'Done…')
    const form = page.getByRole('form', { name: 'Close the task' })
    await form.getByRole('textbox', { name: 'Outcome 1' }).fill('the log follows')
    await form.getByLabel('Lesson').fill('It needs no engine.')
    const close = form.getByRole('button', { name: 'Close the task' })
    await form.getByText('waits for jobs/engine (backlog)').waitFor()
    await expect.poll(() => close.isDisabled()).toBe(true)
    await form.getByLabel('Why it is done all the same').fill('the old one sufficed')
    await close.click()
    await page.locator('[data-column=done] [data-task="jobs/logs"]').waitFor()
    await expect.poll(() => other.read('ai/state/journal.md')).toContain('the old one sufficed')
  })

  it('say why the journal of a run was not told, and that it was once that is put right', async () => {
    await using other = await registerWorkspace(stage.toolbox.api, 'Refusing', {
      [backlogFile]: smallBacklog,
    })
    await other.write(backlogFile, smallBacklog.replace('priority: low', 'priority: "low'))
    const { api } = stage.toolbox
    const body = { workspaceId: other.page.split('/').at(-1) }
    const { job } = await api.ask<{ job: { id: string } }>('POST', '/api/codex/tasks/audit-toolkits/runs', {
      body,
    })
    const page = await stage.browser.open()
    await signIn(page, `/codex/runs/${job.id}`)
    const about = page.getByRole('region', { name: 'About the run' })
    await about.getByText(/docs\/TODO\.yaml:\d+:\d+/).waitFor()
    await other.write(backlogFile, smallBacklog)
    await about.getByText('tells of it').waitFor({ timeout: 60_000 })
    await about.getByRole('alert').waitFor({ state: 'detached' })
    await expect.poll(() => other.read('ai/state/journal.md')).toContain('Run: Audit toolkits')
  })

  it('say how a task that a repository adds is run', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/tasks')
    await page.getByRole('combobox', { name: 'Workspace' }).click()
    await page.getByRole('option', { name: 'Payments' }).click()
    await page.getByRole('link', { name: 'Check that a release is quiet' }).click()
    const run = page.getByRole('region', { name: 'Run it' })
    await run.getByText('toolbox codex tasks run check-release --input release=…').waitFor()
    await page.getByRole('link', { name: 'Task library' }).last().click()
    await page.getByRole('link', { name: 'Check that a release is quiet' }).waitFor()
  })

  it('are worked by keyboard: a row stays chosen where it moves, and arrows follow what waits for what', async () => {
    await using other = await registerWorkspace(stage.toolbox.api, 'Keys', { [backlogFile]: manyTasks })
    const page = await stage.browser.open()
    // So that the page reads nothing between the keys but what follows from them.
    await page.route('**/api/events*', (route) => route.abort())
    await signIn(page, `${other.page}?view=table`)
    const grid = page.getByRole('grid')
    await grid.locator('#task-web\\/t0').waitFor()
    await grid.focus()
    await page.keyboard.press('Shift+J')
    await page.keyboard.press('Shift+J')
    await expect.poll(() => other.read(backlogFile)).toMatch(/id: t2\n.*\n.*\n\s*- id: t0\n/)
    await expect.poll(() => grid.getAttribute('aria-activedescendant')).toBe('task-web/t0')
    await expect.poll(() => grid.locator('#task-web\\/t0').getAttribute('aria-rowindex')).toBe('4')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('dialog', { name: 'Task number 0' })
    await drawer.waitFor()
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('role')")).toBe('grid')

    await other.write(backlogFile, smallBacklog)
    await page.goto(`${other.page}?view=graph`)
    const node = (task: string) => page.locator(`[data-node="${task}"]`)
    await node('jobs/engine').focus()
    await page.keyboard.press('ArrowRight')
    const focused = () => page.evaluate('document.activeElement.dataset.node')
    await expect.poll(focused).toBe('jobs/logs')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Tail the logs' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('jobs/logs')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(focused).toBe('jobs/engine')
  })
})

const idsOf = (backlog: string): string[] => backlog.match(/(?<=- id: )t\d+/g) ?? []

async function openMenu(page: Page, task: string, item: string) {
  await page.getByRole('button', { name: `What can be done with ${task}`, exact: true }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

async function touchAt(page: Page, at: ReturnType<Page['locator']>) {
  const box = await at.boundingBox()
  if (!box) throw new Error('there is nothing to touch')
  const session = await page.context().newCDPSession(page)
  let [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd') =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  await touch('touchStart')
  return {
    async to(toX: number, toY: number) {
      const [fromX, fromY] = [x, y]
      for (let step = 1; step <= 8; step += 1) {
        x = fromX + ((toX - fromX) * step) / 8
        y = fromY + ((toY - fromY) * step) / 8
        await touch('touchMove')
      }
    },
    up: () => touch('touchEnd'),
  }
}
