import { describe, expect, test } from 'vitest'
import { scriptedToolbox } from '../../test/scripted-toolbox.ts'
import { begin, carryOn, roleMissing, taskOf } from '../../test/try-task.ts'
import { CodexError } from '../kernel/errors.ts'
import { renderReport } from './render-report.ts'

describe('a runbook', () => {
  test('fills inputs from inputs and from what earlier steps answered, and captures evidence', async () => {
    const task = taskOf({
      inputs: { slug: { type: 'text', description: 'Which.' } },
      steps: [
        { id: 'list', title: 'List', operation: 'toolkits.list' },
        {
          id: 'show',
          title: 'Show',
          operation: 'toolkits.get',
          input: {
            slug: '{{steps.list.items.0.slug}}',
            q: 'as {{inputs.slug}}',
            absent: '{{steps.list.nothing}}',
          },
          capture: [{ name: 'shown', from: '{{steps.show.toolkit}}', pick: ['slug'] }],
        },
      ],
    })
    const host = scriptedToolbox({
      'toolkits.list': () => ({ items: [{ slug: 'regex' }] }),
      'toolkits.get': () => ({ toolkit: { slug: 'regex', manifest: {} } }),
    })
    const { report } = await carryOn(task, begin(task, { slug: 'given' }), host)
    expect(host.called[1]?.input).toEqual({ slug: 'regex', q: 'as given' })
    expect(report).toMatchObject({ outcome: 'succeeded', evidence: { shown: { slug: 'regex' } } })
  })

  test('goes through a list, one call an item, and skips what does not apply', async () => {
    const task = taskOf({
      steps: [
        { id: 'failed', title: 'List', operation: 'jobs.list' },
        {
          id: 'logs',
          title: 'Read',
          operation: 'jobs.logs',
          forEach: '{{steps.failed.items}}',
          input: { jobId: '{{each.id}}' },
          capture: [
            { name: 'logs', from: '{{steps.logs}}', pick: { jobId: 'each.id', lines: 'answer.items' } },
          ],
        },
        {
          id: 'none',
          title: 'None',
          operation: 'jobs.counts',
          when: [{ value: '{{steps.failed.items.2}}', exists: true }],
        },
      ],
    })
    const items = ['a', 'b'].map((id) => ({ id }))
    const host = scriptedToolbox({
      'jobs.list': () => ({ items }),
      'jobs.logs': ({ jobId }) => ({ items: [`line of ${jobId}`] }),
    })
    const { report } = await carryOn(task, begin(task), host)
    expect(report.steps.map(({ status, calls }) => [status, calls])).toEqual([
      ['succeeded', 1],
      ['succeeded', 2],
      ['skipped', 0],
    ])
    expect(report.evidence.logs).toEqual([
      { jobId: 'a', lines: ['line of a'] },
      { jobId: 'b', lines: ['line of b'] },
    ])
  })

  const waiting = taskOf({
    steps: [
      {
        id: 'end',
        title: 'Wait for its end',
        operation: 'jobs.get',
        until: [{ value: '{{steps.end.status}}', is: 'succeeded' }],
        within: 5,
      },
    ],
  })

  test('asks again until what it waits for holds', async () => {
    const host = scriptedToolbox({
      'jobs.get': (_, calls) => ({ status: calls < 3 ? 'running' : 'succeeded' }),
    })
    const { report } = await carryOn(waiting, begin(waiting), host)
    expect(report).toMatchObject({ outcome: 'succeeded', steps: [{ calls: 3 }] })
  })

  test('says so when it does not come to that in time', async () => {
    const host = scriptedToolbox({ 'jobs.get': () => ({ status: 'running' }) })
    const { report } = await carryOn(waiting, begin(waiting), host)
    expect(report).toMatchObject({ outcome: 'failed', steps: [{ error: { code: 'timed_out' } }] })
  })

  test('fails when an expectation does not hold, and says what was found', async () => {
    const task = taskOf({
      steps: [
        {
          id: 'list',
          title: 'List',
          operation: 'jobs.list',
          expect: [{ value: '{{steps.list.total}}', is: 1 }],
        },
      ],
    })
    const { report } = await carryOn(
      task,
      begin(task),
      scriptedToolbox({ 'jobs.list': () => ({ total: 2 }) }),
    )
    expect(report.outcome).toBe('failed')
    expect(report.steps[0]?.error?.message).toBe('Expected that steps.list.total is 1, and found 2.')
  })

  test('fails when every step succeeded and a success criterion is not met', async () => {
    const task = taskOf({
      steps: [{ id: 'list', title: 'List', operation: 'jobs.list' }],
      success: [{ text: 'There is one.', holds: [{ value: '{{steps.list.items.0}}', exists: true }] }],
    })
    const { report } = await carryOn(
      task,
      begin(task),
      scriptedToolbox({ 'jobs.list': () => ({ items: [] }) }),
    )
    expect(report).toMatchObject({
      outcome: 'failed',
      success: [{ text: 'There is one.', met: false }],
      findings: [{ code: 'criterion_not_met', message: 'There is one.' }],
    })
  })
})

describe('a refusal', () => {
  test('is in the report word for word, with what to do instead, and nothing follows it', async () => {
    const task = taskOf({
      persona: 'access-steward',
      routes: ['/admin/users'],
      steps: [
        { id: 'list', title: 'List', operation: 'users.list' },
        { id: 'again', title: 'Again', operation: 'users.list' },
      ],
      fallback: 'Send them the name.',
    })
    const host = scriptedToolbox({ 'users.list': roleMissing })
    const { report } = await carryOn(task, begin(task), host)
    expect(report).toMatchObject({
      outcome: 'refused',
      steps: [
        {
          status: 'refused',
          error: {
            code: 'role_missing',
            message: 'users.list needs the role superuser, which ada does not hold.',
            requiredRole: 'superuser',
          },
        },
        { status: 'pending' },
      ],
      fallback: 'Ask someone who holds superuser to run it, at /admin/users. Send them the name.',
    })
    expect(renderReport(report)).toContain('users.list needs the role superuser, which ada does not hold.')
  })

  test('does not stop a run whose step may fail', async () => {
    const task = taskOf({
      steps: [
        { id: 'show', title: 'Show', operation: 'toolkits.get', mayFail: true },
        {
          id: 'list',
          title: 'List',
          operation: 'toolkits.list',
          when: [{ value: '{{steps.show}}', exists: false }],
          capture: [{ name: 'missing', from: '{{errors.show}}' }],
        },
      ],
    })
    const host = scriptedToolbox({
      'toolkits.get': () => {
        throw new CodexError('not_found', 'user', 'No toolkit is called x.')
      },
      'toolkits.list': () => ({ items: [] }),
    })
    const { report } = await carryOn(task, begin(task), host)
    expect(report).toMatchObject({
      outcome: 'succeeded',
      evidence: { missing: { code: 'not_found', message: 'No toolkit is called x.' } },
    })
  })
})

describe('an approval point', () => {
  const task = taskOf({
    persona: 'toolkit-curator',
    inputs: { slug: { type: 'text', description: 'Which.' } },
    steps: [
      { id: 'show', title: 'Show', operation: 'toolkits.get' },
      {
        id: 'disable',
        title: 'Disable',
        operation: 'toolkits.disable',
        confirm: 'Disable {{inputs.slug}}?',
        input: { slug: '{{inputs.slug}}', justification: 'it is noisy' },
      },
    ],
  })
  const answers = { 'toolkits.get': () => ({}), 'toolkits.disable': () => ({ toolkit: {} }) }

  test('stops the run before the step until a person has answered', async () => {
    const unanswered = scriptedToolbox(answers)
    const stopped = await carryOn(task, begin(task, { slug: 'regex' }), unanswered)
    expect(stopped.report).toMatchObject({
      outcome: 'waiting',
      endedAt: null,
      steps: [
        { status: 'succeeded' },
        { status: 'waiting', approval: { question: 'Disable regex?', answer: null } },
      ],
    })
    expect(unanswered.kept.at(-1)).toEqual(stopped)

    const answered = scriptedToolbox(answers, {
      approve: () => ({ answer: 'approved', by: 'grace', comment: 'go on' }),
    })
    const { report } = await carryOn(task, stopped, answered)
    expect(answered.called.map(({ operation }) => operation)).toEqual(['toolkits.disable'])
    expect(report).toMatchObject({
      outcome: 'succeeded',
      steps: [{}, { approval: { answer: 'approved', by: 'grace', comment: 'go on' } }],
    })
  })

  test('ends the run when it is rejected', async () => {
    const host = scriptedToolbox(answers, {
      approve: () => ({ answer: 'rejected', by: 'grace', comment: null }),
    })
    const { report } = await carryOn(task, begin(task, { slug: 'regex' }), host)
    expect(report.outcome).toBe('rejected')
    expect(host.called.map(({ operation }) => operation)).toEqual(['toolkits.get'])
  })
})
