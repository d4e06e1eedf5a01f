import { loadLibrary } from '@sre-toolbox/codex/library'
import type { OutputOf } from '@sre-toolbox/contract'
import type { listTasks } from '@sre-toolbox/contract/codex/library'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startToolbox, type Toolbox } from '../../../test/support/toolbox.ts'
import { begin, untilEnded, untilJob } from './test/runs.ts'

/** Tasks that the other suites run, since people have to approve them or they need something to act on. */
const elsewhere = ['retry-or-cancel-job', 'switch-toolkit', 'add-operator']

const inputsOf: Readonly<Record<string, object>> = {
  'inspect-failed-jobs': {},
  'review-dashboard': {},
  'audit-toolkits': {},
  'recommend-guide': { question: 'How do I cancel a job that hangs?' },
  'summarise-runbooks': { slug: 'latency-sleuth' },
  'guide-placeholder-fallback': { slug: 'regex' },
  'investigate-load-error': { slug: 'regex' },
}

describe('every canonical task that this Toolbox offers', { timeout: 30_000 }, () => {
  let at: Toolbox
  let failed: string
  beforeAll(async () => {
    at = await startToolbox()
    // A job that failed, and an interface that did not load.
    failed = await begin(at.api, 'summarise-runbooks', { slug: 'absent' })
    await untilJob(at.api, failed, 'failed')
    const failure = {
      slug: 'regex',
      specifier: 'remote',
      stage: 'load',
      url: '/x.js',
      cause: 'SyntaxError: no',
    }
    await at.api.ask('POST', '/api/diagnostics/load-failures', { body: failure })
  })
  afterAll(() => at[Symbol.asyncDispose]())

  it('is known to these tests', async () => {
    const { items } = await at.api.ask<OutputOf<typeof listTasks>>('GET', '/api/codex/tasks')
    const offered = items
      .filter(({ runnable, origin }) => runnable && origin === null)
      .map(({ slug }) => slug)
    expect([...Object.keys(inputsOf), ...elsewhere]).toEqual(expect.arrayContaining(offered))
  })

  it.each(Object.entries(inputsOf))('%s succeeds, and every criterion is checked', async (slug, inputs) => {
    const { report } = await untilEnded(at.api, await begin(at.api, slug, inputs))
    expect(report.findings).toEqual([])
    expect(report.steps.filter(({ error }) => error)).toEqual([])
    expect(report.success.map(({ met }) => met)).not.toContain(null)
    expect(report.success.length).toBeGreaterThan(0)
    expect(report).toMatchObject({ outcome: 'succeeded' })
  })

  it('cites failed jobs by id, with their errors and lines of their logs word for word', async () => {
    const { report } = await untilEnded(at.api, await begin(at.api, 'inspect-failed-jobs', {}))
    const message =
      'Show the toolkit: No toolkit is called absent. `toolbox toolkits list` shows all there are.'
    expect(report.evidence.failedJobs).toContainEqual(
      expect.objectContaining({ id: failed, status: 'failed', error: { code: 'not_found', message } }),
    )
    const excerpts = report.evidence.logExcerpts as {
      jobId: string
      lines: { seq: number; text: string }[]
    }[]
    const lines = excerpts.find(({ jobId }) => jobId === failed)?.lines
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        text: expect.stringContaining('No toolkit is called absent.'),
      }),
    )
  })

  it('says word for word what did not load, and what to use instead', async () => {
    const { report } = await untilEnded(
      at.api,
      await begin(at.api, 'investigate-load-error', { slug: 'regex' }),
    )
    expect(report.evidence).toMatchObject({
      failures: [
        { message: 'Failed to load toolkit UI for regex', cause: 'SyntaxError: no', specifier: 'remote' },
      ],
      operations: expect.arrayContaining([expect.objectContaining({ id: 'regex.match' })]),
    })
  })

  it('summarises the runbook of every toolkit by how its sections begin, with their places', async () => {
    for (const slug of ['latency-sleuth', 'regex', 'toolbox-health']) {
      const { report } = await untilEnded(at.api, await begin(at.api, 'summarise-runbooks', { slug }))
      const [guide] = report.evidence.summary as { guide: string; says: { path: string; text: string }[] }[]
      expect(guide?.guide).toBe(`toolkits/${slug}`)
      expect(guide?.says.length).toBeGreaterThan(2)
      expect(new Set(guide?.says.map(({ path }) => path))).toEqual(
        new Set([`toolkits/${slug}/docs/index.md`]),
      )
      expect(report.guardrails.map(({ verdict }) => verdict)).toEqual(['held', 'held'])
    }
  })

  it('gives operators who see the placeholder the instructions that the guides have for them', async () => {
    const { report } = await untilEnded(
      at.api,
      await begin(at.api, 'guide-placeholder-fallback', { slug: 'regex' }),
    )
    const quotes = report.evidence.quotes as { text: string; address: string }[]
    expect(new Set(quotes.map(({ address }) => address))).toEqual(
      new Set(['/documentation/troubleshooting#a-toolkits-pages-do-not-load']),
    )
    expect(quotes.map(({ text }) => text).join('\n')).toContain('Work goes on: use the forms.')
  })

  it('tells a missing bundle from one that does not load', async () => {
    const id = await begin(at.api, 'guide-placeholder-fallback', { slug: 'absent' })
    const { report } = await untilEnded(at.api, id)
    expect(report).toMatchObject({ outcome: 'succeeded', evidence: { missing: { code: 'not_found' } } })
  })
})

it('no canonical task is left to judgement', () => {
  for (const { slug, success } of loadLibrary(undefined).tasks) {
    expect([slug, success.every(({ holds }) => holds.length > 0)]).toEqual([slug, true])
  }
})
