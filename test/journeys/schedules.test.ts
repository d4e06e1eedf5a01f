import { describe, expect, it } from 'vitest'
import type { ScheduleDetail } from '../../contract/src/schedules.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

describe.skipIf(!chromiumPath())('schedules in the browser', { timeout: 60_000 }, () => {
  const stage = useStage()

  async function make(name: string): Promise<ScheduleDetail> {
    const { schedule } = await stage.toolbox.api.ask<{ schedule: ScheduleDetail }>('POST', '/api/schedules', {
      body: {
        name,
        toolkit: 'latency-sleuth',
        operation: 'probe',
        input: { url: stage.target.url, count: 2 },
        timing: { kind: 'cron', expression: '0 9 * * *', timeZone: 'Europe/Berlin' },
      },
    })
    return schedule
  }

  it('takes along what was typed into an operation, fires by itself, and is paused with a reason', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/toolkits/latency-sleuth?operation=probe')
    await page.getByRole('textbox', { name: /^URL/ }).fill(`${stage.target.url}/scheduled`)
    await page.getByRole('textbox', { name: 'Samples', exact: true }).fill('2')
    await page.getByRole('link', { name: 'Schedule…' }).click()
    await page.getByRole('heading', { name: 'New schedule' }).waitFor()
    await expect
      .poll(() => page.getByRole('textbox', { name: /^URL/ }).inputValue())
      .toBe(`${stage.target.url}/scheduled`)
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Samples', exact: true }).inputValue())
      .toBe('2')
    await page.getByRole('button', { name: 'Create the schedule' }).click()
    await page.getByText('Give it a name.').waitFor()
    await page.getByRole('textbox', { name: /^Name/ }).fill('Probe the front door')
    await page.getByRole('button', { name: 'At an interval' }).click()
    await page.getByRole('textbox', { name: /^Every/ }).fill('10')
    await page.getByRole('combobox', { name: /^Unit/ }).click()
    await page.getByRole('option', { name: 'seconds' }).click()
    await page.getByRole('heading', { name: 'Every 10 seconds' }).waitFor()
    await page.getByRole('button', { name: 'Create the schedule' }).click()
    await page.getByRole('heading', { name: /^Probe the front door/ }).waitFor()

    const runs = page.getByRole('region', { name: 'Latest runs' })
    await runs.getByText('It has not run yet').waitFor()
    await runs.getByText('Succeeded').first().waitFor({ timeout: 25_000 })
    await page.getByRole('button', { name: /^Pause/ }).click()
    await page.getByLabel('Reason').fill('the door is painted')
    await page.getByRole('button', { name: 'Pause the schedule' }).click()
    await page.getByText(/Paused by root .*: the door is painted/).waitFor()
    await page.getByText('Nothing while it is paused.').waitFor()

    await runs.getByRole('link').first().click()
    await page.getByText('Made by').waitFor()
    await page.getByRole('link', { name: /^schedule / }).click()
    await page.getByRole('heading', { name: /^Probe the front door/ }).waitFor()
  })

  it('shows the next runs as they are typed, in the zone, and what is wrong by field', async () => {
    const page = await stage.browser.open()
    await signIn(page, '/schedules/new')
    const preview = page.getByRole('region', { name: 'Next runs' })
    await preview.getByText('Every day at 09:00').waitFor()
    await page.getByRole('combobox', { name: /^Time zone/ }).click()
    await page.getByRole('combobox', { name: /^Time zone/ }).fill('tokyo')
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click()
    await preview.getByText('Every day at 09:00 (Asia/Tokyo)').waitFor()
    await expect
      .poll(() => preview.getByRole('listitem').allInnerTexts())
      .toEqual(Array.from({ length: 5 }, () => expect.stringMatching(/09:00:00 (GMT\+9|JST)/)))
    await page.getByRole('textbox', { name: /^Cron expression/ }).fill('61 25 * * *')
    await page.getByText('minute: "61" is not understood; it takes 0-59').waitFor()
    await page.getByText('hour: "25" is not understood; it takes 0-23').waitFor()
    await page.getByRole('button', { name: 'Workdays' }).click()
    await preview.getByText('Monday to Friday at 09:00 (Asia/Tokyo)').waitFor()
    await page.getByText('is not understood').first().waitFor({ state: 'detached' })
  })

  it('is found in the list, changed, and removed', async () => {
    const page = await stage.browser.open()
    const { id } = await make('Nightly probe')
    await make('Another one')
    await signIn(page, '/schedules')
    await page.getByRole('searchbox', { name: /^Text in name/ }).fill('nightly')
    await expect
      .poll(() => page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts())
      .toEqual(['Nightly probe'])
    await page.waitForURL(/q=nightly/)
    await page.getByRole('link', { name: 'Nightly probe' }).click()
    await page.getByRole('textbox', { name: /^Cron expression/ }).fill('30 10 * * *')
    await page.getByRole('region', { name: 'Next runs' }).getByText('Every day at 10:30').waitFor()
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page
      .getByRole('banner')
      .or(page.locator('header'))
      .getByText('Every day at 10:30 (Europe/Berlin)')
      .waitFor()
    await page.getByRole('button', { name: /^Remove/ }).click()
    await page.getByRole('button', { name: 'Remove the schedule' }).click()
    await page.waitForURL('**/schedules')
    expect((await stage.toolbox.api.call('GET', `/api/schedules/${id}`)).status).toBe(404)
    await page.getByRole('heading', { name: 'Another one' }).waitFor()
  })

  it('is reached by keyboard, and the filters are kept under a name', async () => {
    const page = await stage.browser.open()
    const [, second] = [await make('By key 1'), await make('By key 2')]
    await signIn(page, '/schedules?q=By+key')
    await page.getByRole('button', { name: 'Save these filters…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Keys')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const titles = page.getByRole('main').getByRole('heading', { level: 2 })
    await expect.poll(() => titles.count()).toBe(2)
    const at = (await titles.allInnerTexts()).indexOf('By key 2')
    for (let row = 0; row <= at; row++) await page.keyboard.press('j')
    await page.locator('h2 a:focus', { hasText: 'By key 2' }).waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/schedules/${second?.id}`)
    await page.getByRole('link', { name: 'Schedules', exact: true }).first().click()
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    await page.waitForURL(/schedules\?q=By(\+|%20)key/)
  })

  it('does not overwrite what somebody else changed meanwhile', async () => {
    const page = await stage.browser.open()
    const { id, input, timing } = await make('Shared')
    await signIn(page, `/schedules/${id}`)
    await page.getByRole('textbox', { name: /^Name/ }).fill('Mine')
    const theirs = { name: 'Theirs', toolkit: 'latency-sleuth', operation: 'probe', input, timing }
    await stage.toolbox.api.ask('PUT', `/api/schedules/${id}`, { body: theirs })
    await page.getByText('It was changed meanwhile').waitFor()
    await page.getByRole('button', { name: 'Save the changes' }).click()
    await page.getByText(/is at version 2/).waitFor()
    await expect.poll(() => page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Mine')
    await page.getByRole('button', { name: 'Start again from what it is now' }).click()
    await expect.poll(() => page.getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('Theirs')
  })

  it('tells on the list why it stands still when its toolkit is disabled', async () => {
    const page = await stage.browser.open()
    await make('Held')
    await signIn(page, '/schedules?q=Held')
    const body = { justification: 'tried in a journey' }
    await stage.toolbox.api.ask('POST', '/api/toolkits/latency-sleuth/disable', { body })
    await page.getByText('is disabled: nothing runs until it is enabled').waitFor()
    await stage.toolbox.api.ask('POST', '/api/toolkits/latency-sleuth/enable', { body })
    await page.getByText('nothing runs until it is enabled').waitFor({ state: 'detached' })
  })
})
