import type { RunStep } from '@sre-toolbox/contract/codex-runs'
import { describe, expect, test } from 'vitest'
import { loadPersonas } from '../personas/load-personas.ts'
import { loadTasks, requireTaskDefinition } from '../tasks/load-tasks.ts'
import type { TaskDefinition } from '../tasks/task.ts'
import { checkGuardrails } from './guardrails.ts'
import { beginRun, type RunState } from './run-state.ts'

const personas = loadPersonas()
const tasks = loadTasks(personas)
const now = new Date('2026-03-01T09:00:00.000Z')
const job = '018f0000-0000-7000-8000-000000000001'
const stranger = '018f0000-0000-7000-8000-00000000ffff'

interface Call {
  operation: string
  input: Record<string, unknown>
  answer: unknown
  status?: RunStep['status']
  error?: RunStep['error']
}

/** A run that made these calls, judged as the persona of a task. */
function findings(
  slug: string,
  calls: Call[],
  evidence: Record<string, unknown>,
  inputs: Record<string, unknown> = {},
): string[] {
  const task: TaskDefinition = requireTaskDefinition(tasks, slug)
  const persona = personas.find((each) => each.slug === task.persona)
  if (!persona) throw new Error(task.persona)
  const fresh = beginRun(task, { id: 'r', inputs, toolbox: 'http://t', actor: 'ada', now })
  const steps = calls.map(
    ({ operation, input, status = 'succeeded', error = null }, index): RunStep => ({
      ...(fresh.report.steps[0] as RunStep),
      id: `s${index}`,
      operation,
      input,
      status,
      error,
      calls: 1,
    }),
  )
  const answers = Object.fromEntries(calls.map(({ answer }, index) => [`s${index}`, answer]))
  const state: RunState = { ...fresh, answers, report: { ...fresh.report, steps, evidence } }
  return checkGuardrails(task, persona, state).findings.map(({ code }) => code)
}

describe('job ids', () => {
  const opened = { operation: 'jobs.get', input: { jobId: job }, answer: { job: { id: job } } }

  test('that the run opened have to be cited', () => {
    expect(findings('inspect-failed-jobs', [opened], { jobs: [{ id: job }] })).toEqual([])
    expect(findings('inspect-failed-jobs', [opened], {})).toEqual(['job_ids_cited'])
  })

  test('that the run never saw may not be cited', () => {
    const evidence = { jobs: [{ id: job }, { id: stranger }] }
    expect(findings('inspect-failed-jobs', [opened], evidence)).toEqual(['job_ids_cited'])
  })
})

describe('a cancellation', () => {
  const view = (status: string) => ({
    operation: 'jobs.inspect',
    input: { jobId: job },
    answer: { status, brokerState: 'absent', keys: [] },
  })
  const cancel = (reason?: string) => ({
    operation: 'jobs.cancel',
    input: { jobId: job, ...(reason && { reason }) },
    answer: { job: { id: job, status: 'cancelling' } },
  })
  const shown = {
    before: { brokerState: 'held', keys: [] },
    after: { brokerState: 'absent', keys: [] },
    id: job,
  }

  test('counts once the state says cancelled', () => {
    const run = [view('running'), cancel('it hangs'), view('cancelled')]
    expect(findings('retry-or-cancel-job', run, shown)).toEqual([])
  })
  test('does not count while it is asked for', () => {
    const run = [view('running'), cancel('it hangs'), view('cancelling')]
    expect(findings('retry-or-cancel-job', run, shown)).toEqual(['cancellation_confirmed'])
  })
  test('needs a reason, and the broker before and after', () => {
    const run = [view('running'), cancel(), view('cancelled')]
    expect(findings('retry-or-cancel-job', run, shown)).toEqual(['broker_state_shown'])
    const unseen = [cancel('it hangs'), view('cancelled')]
    expect(findings('retry-or-cancel-job', unseen, shown)).toEqual(['broker_state_shown'])
  })
})

describe('changes', () => {
  test('of toolkits say why', () => {
    const disable = (justification: string) => ({
      operation: 'toolkits.disable',
      input: { slug: 'regex', justification },
      answer: {},
    })
    expect(findings('switch-toolkit', [disable('too noisy')], {})).toEqual([])
    expect(findings('switch-toolkit', [disable('')], {})).toEqual(['justification_given'])
  })

  test('of users have a summary', () => {
    const create = (summary?: string) => ({
      operation: 'users.create',
      input: { username: 'eve', ...(summary && { summary }) },
      answer: {},
    })
    expect(findings('add-operator', [create('a new operator')], {})).toEqual([])
    expect(findings('add-operator', [create()], {})).toEqual(['change_summarised'])
  })

  test('stop when a role is missing', () => {
    const refused: Call = {
      operation: 'users.list',
      input: {},
      answer: undefined,
      status: 'refused',
      error: { code: 'role_missing', message: 'no' },
    }
    const change = { operation: 'users.create', input: { summary: 'a new operator' }, answer: {} }
    expect(findings('add-operator', [change, refused], {})).toEqual([])
    expect(findings('add-operator', [refused, change], {})).toEqual(['superuser_held'])
  })

  test('never hold a secret itself', () => {
    expect(findings('add-operator', [], {}, { password: 'secret:users/eve#password' })).toEqual([])
    expect(findings('add-operator', [], {}, { password: 'correct horse battery' })).toEqual([
      'no_secret_values',
    ])
  })
})

describe('what is said', () => {
  const place = { path: 'guide.md', startLine: 3 }
  const recommend = { operation: 'documentation.recommend', input: {}, answer: { quotes: [] } }
  const verify = (found: boolean) => ({
    operation: 'documentation.verifyQuotes',
    input: {},
    answer: { quotes: [{ text: 'Turn it off.', found, nearest: { text: 'Turn it on.', ...place } }] },
  })
  const quoted = { quotes: [{ text: 'Turn it off.', ...place }] }

  test('is quoted from the documentation', () => {
    expect(findings('recommend-guide', [recommend, verify(true)], quoted)).toEqual([])
    const broken = ['quotes_exist', 'instructions_quoted']
    expect(findings('recommend-guide', [recommend, verify(false)], quoted)).toEqual(broken)
    expect(findings('recommend-guide', [recommend], quoted)).toEqual(broken)
  })

  test('of an error is word for word what the Toolbox said', () => {
    const message = 'Failed to load toolkit UI for regex: 404'
    const list = { operation: 'diagnostics.list', input: {}, answer: { items: [{ message }] } }
    expect(findings('investigate-load-error', [list], { failures: [{ message }] })).toEqual([])
    expect(
      findings('investigate-load-error', [list], { failures: [{ message: 'It did not load' }] }),
    ).toEqual(['errors_verbatim'])
  })
})
