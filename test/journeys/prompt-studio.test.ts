import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { temporaryDirectory } from '../support/temporary.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('the prompt studio', { timeout: 60_000 }, () => {
  const stage = useStage()
  let repository: Awaited<ReturnType<typeof temporaryDirectory>>
  let prompts: string
  const fileOf = (name: string) => join(repository.path, 'ai/prompts', `${name}.md`)

  beforeAll(async () => {
    repository = await temporaryDirectory()
    const { workspace } = await stage.toolbox.api.ask<{ workspace: { id: string } }>(
      'POST',
      '/api/codex/workspaces',
      { body: { name: 'Payments', directory: await realpath(repository.path), initialise: true } },
    )
    prompts = `/codex/workspaces/${workspace.id}/prompts`
    await mkdir(join(repository.path, 'ai/prompts'), { recursive: true })
  })
  afterAll(async () => {
    await repository[Symbol.asyncDispose]()
  })

  const textOf = (page: Page) => page.getByRole('textbox', { name: 'Text of the prompt, in Markdown' })
  const findingsOf = (page: Page) => page.getByRole('region', { name: 'Findings' })

  async function compose(page: Page) {
    await page.getByRole('button', { name: 'Compose…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Task' }).fill('retry')
    await page.getByRole('option', { name: /^Retry or cancel a job/ }).click()
    await dialog.getByRole('textbox', { name: /^reason/ }).fill('the host was down')
    await dialog.getByRole('button', { name: 'Compose', exact: true }).click()
    await dialog.getByRole('region', { name: 'The composed prompt' }).getByText('the host was down').waitFor()
  }

  it('composes a prompt, names what was broken at its line, and saves what was put right', async () => {
    const page = await stage.browser.open()
    await signIn(page, prompts)
    await page.getByText('This workspace has no prompts').waitFor()
    await compose(page)
    await page.getByRole('button', { name: 'Make it a prompt…' }).click()
    const dialog = page.getByRole('dialog', { name: 'New prompt' })
    await dialog.getByLabel('Name').fill('retry')
    await dialog.getByRole('button', { name: 'Create it' }).click()

    await findingsOf(page).getByText('None').waitFor()
    await findingsOf(page).getByText('pinned', { exact: true }).waitFor()
    const composed = await readFile(fileOf('retry'), 'utf8')
    const lines = composed.split('\n')

    await textOf(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('Look at `/nowhere`.')
    const finding = findingsOf(page).getByRole('listitem').filter({ hasText: 'route_unknown' })
    await finding.getByText(/There is no .*\/nowhere/).waitFor()
    await page.getByText('not saved').waitFor()
    await page.locator('.cm-lintRange-error').filter({ hasText: '/nowhere' }).waitFor()
    await page.keyboard.press('Control+Home')
    await finding.getByRole('button', { name: `line ${lines.length}, column ` }).click()
    await expect.poll(() => page.locator('.cm-activeLine').innerText()).toContain('/nowhere')

    await page.keyboard.press('End')
    for (const _ of 'Look at `/nowhere`.') await page.keyboard.press('Backspace')
    await page.keyboard.type('Done.')
    await findingsOf(page).getByText('digest_stale').waitFor()
    await findingsOf(page).getByRole('button', { name: 'Pin this one' }).click()
    await findingsOf(page).getByText('None').waitFor()
    await textOf(page).click()
    await page.keyboard.press('Control+s')
    await page.getByText('saved', { exact: true }).waitFor()
    const saved = await readFile(fileOf('retry'), 'utf8')
    expect(saved).toMatch(/Done\.$/)
    expect(saved).not.toContain('/nowhere')
  })

  it('keeps what was typed when somebody was faster, and shows both', async () => {
    await writeFile(fileOf('shared'), '---\npersona: sre-orchestrator\n---\n# Shared\n')
    const page = await stage.browser.open()
    await signIn(page, `${prompts}/shared`)
    await textOf(page).click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('mine')
    await writeFile(fileOf('shared'), '---\npersona: sre-orchestrator\n---\n# Shared\ntheirs\n')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'shared was changed meanwhile' })
    await dialog.getByRole('region', { name: 'Mine' }).getByText('mine').waitFor()
    await dialog.getByRole('region', { name: 'Theirs' }).getByText('theirs').waitFor()
    await dialog.getByRole('button', { name: 'Replace theirs by mine' }).click()
    await page.getByText('saved', { exact: true }).waitFor()
    expect(await readFile(fileOf('shared'), 'utf8')).toBe(
      '---\npersona: sre-orchestrator\n---\n# Shared\nmine',
    )
  })

  it('renames and deletes, and asks before what was typed is left behind', async () => {
    await writeFile(fileOf('old'), '# Old\n')
    const page = await stage.browser.open()
    await signIn(page, `${prompts}/old`)
    await page.getByRole('button', { name: 'More for old' }).click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('new')
    await page.getByRole('button', { name: 'Rename it' }).click()
    await page.getByRole('heading', { name: 'new', exact: true }).waitFor()
    expect(await readFile(fileOf('new'), 'utf8')).toBe('# Old\n')
    await expect(readFile(fileOf('old'))).rejects.toThrow()

    await textOf(page).click()
    await page.keyboard.type('typed ')
    await page.getByRole('link', { name: 'Journal' }).click()
    await page.getByRole('dialog', { name: 'Leave new?' }).getByRole('button', { name: 'Stay' }).click()
    await expect.poll(() => textOf(page).innerText()).toContain('typed')

    await textOf(page).click()
    // What was typed slowly is taken back in several steps.
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+z')
        return page.getByText('saved', { exact: true }).count()
      })
      .toBe(1)
    await page.getByRole('button', { name: 'More for new' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByRole('heading', { name: 'Prompts' }).waitFor()
    await expect(readFile(fileOf('new'))).rejects.toThrow()
  })

  it('is worked by keyboard alone, and composes and checks without a workspace', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/prompts')
    await textOf(page).focus()
    await page.keyboard.type('# Hello')
    await page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: 'Hello' }).waitFor()
    const finding = findingsOf(page).getByRole('listitem').filter({ hasText: 'front_matter_missing' })
    await finding.waitFor()
    await textOf(page).focus()
    await page.keyboard.press('Tab')
    await finding.getByRole('button').and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Enter')
    await page.locator('.cm-editor.cm-focused').waitFor()
    await page.getByRole('button', { name: 'Compose…' }).waitFor()
    await compose(page)
    await page.getByRole('button', { name: 'Put it into the editor' }).click()
    await findingsOf(page).getByText('None').waitFor()
  })
})
