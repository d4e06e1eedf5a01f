import { describe, expect, it } from 'vitest'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('the library of the codex in the browser', { timeout: 60_000 }, () => {
  const stage = useStage()

  it('runs a task that was searched for, watched until it has ended, with its evidence and report', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/tasks')
    await page.getByRole('searchbox').fill('curator audit')
    await page.getByRole('link', { name: 'Enable or disable a toolkit' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Audit toolkits and flag the disabled ones' }).click()
    await page.getByRole('button', { name: 'Run the task' }).click()

    await page.getByRole('heading', { name: /^Audit toolkits.*Succeeded/ }).waitFor()
    const steps = page.getByRole('region', { name: 'Steps' }).getByRole('listitem')
    await expect.poll(() => steps.filter({ hasText: 'Done' }).count()).toBe(2)
    const found = page.getByRole('region', { name: 'Evidence' })
    await found.getByRole('cell', { name: 'latency-sleuth' }).first().waitFor()

    await page.getByRole('tab', { name: 'Report' }).click()
    const report = page.getByRole('article', { name: 'Report' })
    await report.getByRole('heading', { name: 'Success criteria' }).waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toMatch(/^audit-toolkits-.*\.md$/)
  })

  it('waits for a person at an approval point, and goes on before their eyes', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/tasks/switch-toolkit')
    await page.getByRole('textbox', { name: /^slug/ }).fill('regex')
    await page.getByRole('combobox', { name: /^action/ }).click()
    await page.getByRole('option', { name: 'disable' }).click()
    await page.getByRole('textbox', { name: /^justification/ }).fill('it is noisy')
    await page.getByRole('button', { name: 'Run the task' }).click()

    const approval = page.getByRole('region', { name: 'Approval' })
    await approval.getByText('The routes, tools and schedules of regex stop at once. Disable it?').waitFor()
    await approval.getByText(/An API token can’t/).waitFor()
    await approval.getByLabel('Comment').fill('go on')
    await approval.getByRole('button', { name: 'Approve' }).click()

    await page.getByRole('heading', { name: /Succeeded/ }).waitFor()
    await page.getByText('Approved by root').waitFor()
    await page.getByText('“go on”').waitFor()
    const changed = page.getByRole('row', { name: /^enabled/ })
    await expect.poll(() => changed.innerText()).toMatch(/enabled\s+true\s+false/)
    await page.getByRole('region', { name: 'About the run' }).getByRole('link').last().click()
    await page.getByRole('heading', { name: /^runTask/ }).waitFor()
  })

  it('says word for word why a step failed, and what was not reached', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/tasks/switch-toolkit')
    await page.getByRole('textbox', { name: /^slug/ }).fill('absent')
    await page.getByRole('combobox', { name: /^action/ }).click()
    await page.getByRole('option', { name: 'enable' }).click()
    await page.getByRole('textbox', { name: /^justification/ }).fill('it is needed')
    await page.getByRole('button', { name: 'Run the task' }).click()
    await page
      .getByText('No toolkit is called absent. `toolbox toolkits list` shows all there are.')
      .waitFor()
    await expect.poll(() => page.getByText('Not reached').count()).toBe(3)
  })

  it('leads from a persona to a token that is bound to it', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/codex/personas')
    await page.getByRole('link', { name: 'Make a token bound to it (Toolkit Curator)' }).click()
    const dialog = page.getByRole('dialog')
    const persona = dialog.getByRole('combobox', { name: 'Persona' })
    await expect.poll(() => persona.inputValue()).toBe('Toolkit Curator')
    await dialog.getByLabel('Name').fill('agent')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    await page.getByText('This is the only time it is shown').waitFor()
  })
})
