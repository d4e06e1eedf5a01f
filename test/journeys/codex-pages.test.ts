import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addingRepository } from '../../backend/src/codex/test/adding-repository.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'
import { backlogFile, dragBefore, registerWorkspace } from './workspace.ts'

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
      await expect.poll(() => page.locator('main .loading').count(), { timeout: 15_000 }).toBe(0)
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
    await expect.poll(() => page.evaluate('scrollY'), { timeout: 15_000 }).toBeGreaterThan(900)
    await finger.to(200, 420)
    const below = page.locator('[data-drop-before=true]')
    await below.waitFor()
    const before = await below.getAttribute('data-task')
    await finger.up()
    const titleOf = (id: string) => new RegExp(`id: t1\\n.*\\n.*\\n\\s*- id: ${id}\\n`)
    await expect
      .poll(() => workspace.read(backlogFile), { timeout: 15_000 })
      .toMatch(titleOf(`${before?.slice(4)}`))
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
      .poll(() => other.read(backlogFile), { timeout: 15_000 })
      .toMatch(/id: t1\n.*\n.*\n\s*- id: t0\n.*\n\s*status: in_progress\n\s*- id: t2\n/)
    const order = () => page.locator('[data-column=in_progress] .task-card-address').allInnerTexts()
    await expect.poll(order, { timeout: 15_000 }).toEqual(['web/t1', 'web/t0', 'web/t2'])
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
    await page.waitForURL('**/codex/tasks/audit-toolkits')
  })
})

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
