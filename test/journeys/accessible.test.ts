import { readFileSync } from 'node:fs'
import { realpath, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smallBacklog } from '../../codex/test/scratch.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts'
import { chromiumPath, signIn } from './browser.ts'
import { useStage } from './stage.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds, as `rule: element`. */
async function findingsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

describe.skipIf(!chromiumPath())('every page', { timeout: 300_000 }, () => {
  const stage = useStage()
  let paths: Record<string, string>
  let repository: TemporaryDirectory

  beforeAll(async () => {
    const submit = async (url: string, count: number) => {
      const body = { toolkit: 'latency-sleuth', operation: 'probe', input: { url, count } }
      return (await stage.toolbox.api.ask<{ job: { id: string } }>('POST', '/api/jobs', { body })).job.id
    }
    const running = await submit(`${stage.target.url}/slow`, 900)
    const ended = await submit(stage.target.url, 3)
    const { schedule } = await stage.toolbox.api.ask<{ schedule: { id: string } }>('POST', '/api/schedules', {
      body: {
        name: 'Nightly',
        toolkit: 'latency-sleuth',
        operation: 'probe',
        input: { url: stage.target.url },
        timing: { kind: 'cron', expression: '0 2 * * *', timeZone: 'UTC' },
      },
    })
    repository = await temporaryDirectory()
    const { workspace } = await stage.toolbox.api.ask<{ workspace: { id: string } }>(
      'POST',
      '/api/codex/workspaces',
      { body: { name: 'Payments', directory: await realpath(repository.path), initialise: true } },
    )
    await writeFile(join(repository.path, 'docs/TODO.yaml'), smallBacklog)
    const codex = `/codex/workspaces/${workspace.id}`
    const broken = { text: '---\npersona: hero\n---\n# Broken\n\nSee `/nowhere`.\n' }
    await stage.toolbox.api.ask('PUT', `/api${codex}/prompts/broken`, { body: broken })
    await stage.toolbox.api.ask('POST', `/api${codex}/sessions`, { body: { task: 'jobs/engine' } })
    const run = async (task: string, inputs: object) => {
      const path = `/api/codex/tasks/${task}/runs`
      return (await stage.toolbox.api.ask<{ job: { id: string } }>('POST', path, { body: { inputs } })).job.id
    }
    const audited = await run('audit-toolkits', {})
    const noisy = { slug: 'regex', action: 'disable', justification: 'it is noisy' }
    const waiting = await run('switch-toolkit', noisy)
    paths = {
      dashboard: '/',
      'list of jobs': '/jobs',
      'empty list': '/jobs?q=nothing-has-this-name',
      'running job': `/jobs/${running}`,
      log: `/jobs/${ended}?tab=logs`,
      'input and result': `/jobs/${ended}?tab=data`,
      attempts: `/jobs/${ended}?tab=attempts`,
      broker: `/jobs/${ended}?tab=broker`,
      'job that is not there': '/jobs/00000000-0000-7000-8000-000000000000',
      schedules: '/schedules',
      'new schedule': '/schedules/new?toolkit=latency-sleuth&operation=probe',
      schedule: `/schedules/${schedule.id}`,
      'audit of a job': `/jobs/${ended}?tab=audit`,
      personas: '/codex/personas',
      'prompts of a workspace': `${codex}/prompts`,
      'prompt with findings': `${codex}/prompts/broken`,
      'prompt studio': '/codex/prompts',
      'task library': '/codex/tasks',
      'task of the library': '/codex/tasks/switch-toolkit',
      'task that cannot run here': '/codex/tasks/rotate-provider-secret',
      'runs of tasks': '/codex/runs',
      'run that ended': `/codex/runs/${audited}`,
      'report of a run': `/codex/runs/${audited}?tab=report`,
      'run that waits for a person': `/codex/runs/${waiting}`,
      'audit log': '/admin/audit',
      'audit entry': '/admin/audit?entry=1',
      'empty audit log': '/admin/audit?q=nothing-has-this-text&since=2020-01-01T00:00:00.000Z',
      users: '/admin/users',
      user: '/admin/users?user=root',
      'managed toolkits': '/admin/toolkits',
      'managed toolkit': '/admin/toolkits/latency-sleuth',
      secrets: '/admin/secrets',
      workspaces: '/codex/workspaces',
      board: codex,
      'table of tasks': `${codex}?view=table`,
      'graph of tasks': `${codex}?view=graph&alone=yes`,
      'burn-up': `${codex}?view=progress`,
      task: `${codex}?task=jobs/logs`,
      focus: `${codex}/focus`,
      journal: `${codex}/journal`,
      account: '/account',
      toolkits: '/toolkits',
      documentation: '/documentation',
      'guide with tables and code': '/documentation/settings#what-it-does',
      'form of a job': '/toolkits/latency-sleuth',
      'form of a call': '/toolkits/regex?operation=match',
      'pages of a toolkit': '/toolkits/regex?pattern=a(b%2B)%2Bc&flags=g',
      runtime: '/admin/runtime?compare=regex',
    }
  })
  afterAll(async () => {
    await repository[Symbol.asyncDispose]()
  })

  it.each(['light', 'dark'] as const)('passes axe in the %s theme', async (colorScheme) => {
    const page = await stage.browser.open({ colorScheme })
    const found: Record<string, string[]> = {}
    async function check(name: string) {
      await page.waitForLoadState('load')
      await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count()).toBe(0)
      const findings = await findingsOf(page)
      if (findings.length > 0) found[name] = findings
    }
    await page.goto('/login')
    await page.getByLabel('User name').waitFor()
    await check('sign-in')
    await signIn(page)
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(path)
      await page.locator('main h1, main [role=alert]').first().waitFor()
      await check(name)
    }
    await page.goto(paths.log ?? '')
    await page.getByRole('button', { name: 'Retry…' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: /^URL/ }).waitFor()
    await check('retry')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+k')
    await page.getByRole('textbox', { name: /^Search pages/ }).waitFor()
    await check('palette')
    expect(found).toEqual({})
  })
})
