import { execFileSync } from 'node:child_process'
import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallBacklog } from '../../codex/test/scratch.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'
import { dragInto } from './workspace.ts'

describe.skipIf(!chromiumPath())('the codex in the browser', { timeout: 40_000 }, () => {
  const stage = useStage({ PATH: process.env.PATH ?? '' })
  let temporary: TemporaryDirectory
  let repository: string
  let page: Page

  beforeAll(async () => {
    temporary = await temporaryDirectory()
    repository = await realpath(temporary.path)
    const git = (...args: string[]) => execFileSync('git', ['-C', repository, ...args])
    git('init', '-q', '-b', 'trunk')
    await mkdir(join(repository, 'docs'))
    await mkdir(join(repository, '.github'))
    await writeFile(todoPath(), smallBacklog)
    await writeFile(
      join(repository, '.github/PULL_REQUEST_TEMPLATE.md'),
      '- [ ] Tests pass\n- [ ] Pages are looked at\n',
    )
    git('add', '.')
    git('-c', 'user.name=ada', '-c', 'user.email=ada@localhost', 'commit', '-qm', 'begin')
    page = await stage.browser.open()
  })
  afterAll(async () => {
    await temporary[Symbol.asyncDispose]()
  })

  const todoPath = () => join(repository, 'docs/TODO.yaml')
  const todo = () => readFile(todoPath(), 'utf8')
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const dialog = () => page.getByRole('dialog').last()
  const column = (name: string) => page.getByRole('region', { name, exact: true })
  const titlesIn = (name: string) => column(name).locator('.task-card-title').allInnerTexts()
  async function choose(task: string, item: string) {
    await button(`What can be done with ${task}`).first().click()
    await page.getByRole('menuitem', { name: item, exact: true }).click()
  }

  it('says what a workspace is, and registers a repository', async () => {
    await signIn(page, '/codex')
    await page.getByRole('heading', { name: 'No workspace is registered' }).waitFor()
    await button('Register a workspace…').click()
    await dialog().getByLabel('Name').fill('Payments')
    await dialog().getByLabel('Directory').fill(repository)
    await button('Register it').click()
    await page.getByText('trunk').waitFor()
    await page.getByText(/^Next:/).waitFor()
    await page.getByText('because priority high, unblocks 1 task').waitFor()
    await expect.poll(() => titlesIn('Backlog')).toHaveLength(3)
    await column('Backlog').getByText('waits for jobs/engine (backlog)').waitFor()
  })

  it('changes the priority and the order from the menu, by keyboard', async () => {
    const menu = button('What can be done with Run on a schedule')
    await menu.focus()
    await page.keyboard.press('Enter')
    const item = page.getByRole('menuitem', { name: 'Critical', exact: true })
    await item.focus()
    await page.keyboard.press('Enter')
    await expect.poll(todo).toBe(smallBacklog.replace('priority: low', 'priority: critical'))
    await expect.poll(() => titlesIn('Backlog').then((titles) => titles.indexOf('Run on a schedule'))).toBe(1)
    await choose('Run on a schedule', 'Move up')
    await expect.poll(() => titlesIn('Backlog').then((titles) => titles[0])).toBe('Run on a schedule')
    await expect.poll(todo).toMatch(/id: cron[\s\S]*id: logs/)
  })

  it('drags a card to another column', async () => {
    await dragInto(page, 'jobs/cron', 'in_progress')
    await column('In progress').getByText('Run on a schedule').waitFor()
    await expect.poll(todo).toContain('status: in_progress')
  })

  it('keeps what was typed when the file changes underneath, and lets each field be chosen', async () => {
    await column('In progress').getByRole('button', { name: 'Run on a schedule', exact: true }).click()
    await button('Edit').click()
    const form = page.getByRole('form', { name: 'Edit the task' })
    await form.getByLabel('Title').fill('Run by the clock')
    await form.getByLabel('Notes').fill('In the time zone of whom it serves.')
    await writeFile(todoPath(), (await todo()).replace('Run on a schedule', 'Run at night'))
    await button('Save').click()
    const conflict = page.getByRole('dialog', { name: 'Run on a schedule was changed meanwhile' })
    const title = conflict.getByRole('group', { name: /^Title/ })
    await title.getByText('changed by somebody else too').waitFor()
    await title.getByText('Run at night').waitFor()
    await title.getByText('Run by the clock').waitFor()
    expect(await todo()).not.toContain('by the clock')
    await title.getByRole('radio', { name: /^There now/ }).check()
    await button('Write what is chosen').click()
    await conflict.waitFor({ state: 'detached' })
    await form.waitFor({ state: 'detached' })
    await expect.poll(todo).toContain('In the time zone of whom it serves.')
    expect(await todo()).toContain('Run at night')
    await page.keyboard.press('Escape')
  })

  it('claims what is next, notes, and closes it with outcome, lesson and every box', async () => {
    await page
      .getByText(/^Next:/)
      .locator('..')
      .getByRole('button')
      .click()
    await button('Claim…').click()
    await dialog().getByLabel('Why this one').fill('the logs wait for it')
    await button('Claim it').click()
    const session = column('Your session')
    await session.getByText('the logs wait for it').first().waitFor()
    await session.getByText(/3 h 5\d m left/).waitFor()
    await session.getByLabel('Note').fill('It **drains** now.')
    await button('Write it down').click()
    await session.locator('strong', { hasText: 'drains' }).waitFor()
    await button('Done…').click()
    await page.getByRole('textbox', { name: 'Outcome 1' }).fill('GET /api/jobs answers in 3 ms')
    await session.getByLabel('Lesson').fill('Leases beat locks.')
    const boxes = session.getByRole('group')
    await boxes.filter({ hasText: 'Tests pass' }).getByLabel('Confirmed').check()
    expect(await button('Close the task').isDisabled()).toBe(true)
    await boxes.filter({ hasText: 'Pages are looked at' }).getByLabel('Waived').check()
    await page.getByLabel('Why box 2 is waived').fill('no page touched')
    await button('Close the task').click()
    await page.getByRole('heading', { name: 'You hold no task' }).waitFor()
    await button(/^Pull request for/).click()
    await dialog().getByText('GET /api/jobs answers in 3 ms').first().waitFor()
    await page.keyboard.press('Escape')
  })

  it('finds it in the journal, and leads to the entry', async () => {
    await page.getByRole('link', { name: 'Journal', exact: true }).click()
    await page.getByRole('searchbox', { name: 'Text in the journal' }).fill('leases beat')
    await page.waitForURL(/q=leases/)
    await page.getByRole('status').getByText('1 entry').waitFor()
    await page.getByRole('link', { name: /^Link to/ }).click()
    await page.waitForURL(/#\d{4}-\d\d-\d\d-jobs-cron$/)
    await page.reload()
    await page.locator('.journal-entry[data-wanted=true]').getByText('Leases beat locks.').waitFor()
  })

  it('shows where a broken file is broken, with the line, and edits nothing until it is mended', async () => {
    const sound = await todo()
    await writeFile(todoPath(), sound.replace('priority: critical', 'priority: "critical'))
    await page.getByRole('link', { name: 'Backlog', exact: true }).last().click()
    const fault = page.getByRole('alert')
    await fault
      .getByText(/docs\/TODO\.yaml:\d+:\d+/)
      .first()
      .waitFor()
    await fault.locator('.finding-source').first().waitFor()
    await button('Add a task…').waitFor({ state: 'detached' })
    await writeFile(todoPath(), sound)
    await button('Read it again').click()
    await column('Done').getByText('Run at night').waitFor()
  })
})
