import { describe, expect, test } from 'vitest'
import { scriptedToolbox } from '../../test/scripted-toolbox.ts'
import { begin, carryOn, roleMissing, statuses, taskOf } from '../../test/try-task.ts'
import { type RunState, takeOver } from './run-state.ts'

describe('a run that was cut off', () => {
  const task = taskOf({
    persona: 'toolkit-curator',
    steps: [
      {
        id: 'show',
        title: 'Show',
        operation: 'toolkits.get',
        capture: [{ name: 'shown', from: '{{steps.show.slug}}' }],
      },
      {
        id: 'enable',
        title: 'Enable',
        operation: 'toolkits.enable',
        input: { slug: '{{steps.show.slug}}', justification: 'wanted' },
      },
      { id: 'after', title: 'Show again', operation: 'toolkits.get' },
    ],
  })
  const answers = { 'toolkits.get': () => ({ slug: 'regex' }), 'toolkits.enable': () => ({ toolkit: {} }) }
  const crashIn = async (step: string): Promise<RunState> => {
    const host = scriptedToolbox(answers, {
      onSave: ({ report }) => {
        if (report.steps.find(({ id }) => id === step)?.status === 'running') throw new Error('power cut')
      },
    })
    await expect(carryOn(task, begin(task), host)).rejects.toThrow('power cut')
    const state = host.kept.find(
      ({ report }) => report.steps.find(({ id }) => id === step)?.status === 'running',
    )
    if (!state) throw new Error(`never came to ${step}`)
    return state
  }

  test('goes on at the step where it stopped, with the evidence it had', async () => {
    const host = scriptedToolbox(answers)
    const { report } = await carryOn(task, await crashIn('after'), host)
    expect(host.called).toEqual([{ operation: 'toolkits.get', input: {} }])
    expect(report).toMatchObject({ outcome: 'succeeded', evidence: { shown: 'regex' } })
  })

  test('asks a person before it repeats a change that may have taken effect', async () => {
    const host = scriptedToolbox(answers)
    const state = await carryOn(task, await crashIn('enable'), host)
    expect(state.report.outcome).toBe('waiting')
    expect(host.asked[0]?.question).toMatch(/^This step was begun at .* whether it took effect is not known/)
    expect(host.called).toEqual([])
  })

  test('tries again what failed when somebody takes it over, and keeps what was finished', async () => {
    const failing = scriptedToolbox({ ...answers, 'toolkits.enable': roleMissing })
    const failed = await carryOn(task, begin(task), failing)
    expect(statuses(failed)).toEqual(['succeeded', 'refused', 'pending'])
    const host = scriptedToolbox(answers)
    const taken = takeOver(task, failed, {
      id: 'run-2',
      inputs: {},
      actor: 'grace',
      toolbox: 'http://toolbox',
    })
    const { report } = await carryOn(task, taken, host)
    expect(report).toMatchObject({ id: 'run-2', actor: 'grace', outcome: 'succeeded' })
    expect(host.called.map(({ operation }) => operation)).toEqual(['toolkits.enable', 'toolkits.get'])
  })

  test('is not taken over with other steps, nor to another Toolbox', async () => {
    const state = await crashIn('after')
    const by = { id: 'run-2', inputs: {}, actor: 'grace', toolbox: 'http://toolbox' }
    const changed = { ...task, steps: task.steps.slice(1) }
    expect(() => takeOver(changed, state, by)).toThrow(/has changed since/)
    expect(() => takeOver(task, state, { ...by, toolbox: 'http://other' })).toThrow(
      /is about http:\/\/toolbox/,
    )
  })

  test('leaves a change that was under way when it was cancelled for the next one to ask about', async () => {
    const stop = new AbortController()
    const host = scriptedToolbox({
      ...answers,
      'toolkits.enable': () => {
        stop.abort(new Error('cancelled'))
        throw stop.signal.reason
      },
    })
    const state = await carryOn(task, begin(task), host, stop.signal)
    expect(state.report.outcome).toBe('cancelled')
    expect(statuses(state)).toEqual(['succeeded', 'running', 'pending'])
  })
})

describe('a secret', () => {
  const task = taskOf({
    persona: 'access-steward',
    inputs: { password: { type: 'secret', description: 'The first password.' } },
    steps: [
      {
        id: 'create',
        title: 'Add',
        operation: 'users.create',
        input: { username: 'eve', password: '{{inputs.password}}', summary: 'a new operator' },
        capture: [{ name: 'answer', from: '{{steps.create}}' }],
      },
    ],
  })
  const secrets = { 'env:FIRST': 'correct horse battery' }

  test('goes into the one call and is nowhere in what is kept', async () => {
    const host = scriptedToolbox(
      { 'users.create': ({ password }) => ({ echoed: `it is ${password}` }) },
      { secrets },
    )
    const state = await carryOn(task, begin(task, { password: 'env:FIRST' }), host)
    expect(host.called[0]?.input.password).toBe('correct horse battery')
    expect(state.report.evidence.answer).toEqual({ echoed: 'it is [redacted]' })
    expect(JSON.stringify(host.kept)).not.toContain('correct horse')
    expect(JSON.stringify(host.kept)).toContain('env:FIRST')
  })

  test('is hidden in an error as well', async () => {
    const host = scriptedToolbox(
      {
        'users.create': ({ password }) => {
          throw new Error(`${password} is too weak`)
        },
      },
      { secrets },
    )
    const { report } = await carryOn(task, begin(task, { password: 'env:FIRST' }), host)
    expect(report.steps[0]?.error?.message).toBe('[redacted] is too weak')
  })
})
