import { describe, expect, test } from 'vitest'
import { scratch } from '../../test/scratch.ts'
import { loadPersonas } from '../personas/load-personas.ts'
import { loadTasks, ownTasks, requireTaskDefinition } from './load-tasks.ts'

const personas = loadPersonas()

describe('the canonical task library', () => {
  const tasks = loadTasks(personas)

  test('holds every task of the playbook, under its group and persona', () => {
    expect(tasks.map((each) => [each.group, each.slug, each.persona])).toEqual([
      ['monitoring', 'inspect-failed-jobs', 'sre-orchestrator'],
      ['monitoring', 'retry-or-cancel-job', 'sre-orchestrator'],
      ['monitoring', 'review-dashboard', 'sre-orchestrator'],
      ['toolkits', 'audit-toolkits', 'toolkit-curator'],
      ['toolkits', 'switch-toolkit', 'toolkit-curator'],
      ['toolkits', 'upload-toolkit', 'toolkit-curator'],
      ['access', 'add-operator', 'access-steward'],
      ['access', 'rotate-provider-secret', 'access-steward'],
      ['documentation', 'recommend-guide', 'documentation-guide'],
      ['documentation', 'summarise-runbooks', 'documentation-guide'],
      ['diagnostics', 'guide-placeholder-fallback', 'toolkit-runtime-inspector'],
      ['diagnostics', 'investigate-load-error', 'toolkit-runtime-inspector'],
    ])
  })

  test('asks a person before a step that destroys or exposes something', () => {
    const asked = tasks.flatMap((each) =>
      each.steps.filter((step) => step.confirm).map((step) => step.operation),
    )
    expect(asked.toSorted()).toEqual([
      'authProviders.rotateSecret',
      'jobs.cancel',
      'toolkits.disable',
      'toolkits.install',
    ])
  })

  test('takes secrets by reference only', () => {
    for (const slug of ['add-operator', 'rotate-provider-secret']) {
      const { inputs } = requireTaskDefinition(tasks, slug)
      expect(Object.values(inputs).filter((each) => each.type === 'secret')).toHaveLength(1)
    }
  })

  test('names the known tasks when asked for another', () => {
    expect(() => requireTaskDefinition(tasks, 'x')).toThrow(/no task x\. Known: inspect-failed-jobs, /)
  })
})

describe('a task that a repository adds', () => {
  const valid = `slug: count-jobs
title: Count jobs
group: monitoring
persona: sre-orchestrator
routes: [/jobs]
inputs:
  status: { type: text, description: Which. }
steps:
  - id: list
    title: List
    operation: jobs.list
    input: { status: "{{inputs.status}}" }
    expect: [{ value: "{{steps.list.items}}", exists: true }]
success: [It is counted.]
`
  const load = (text: string) => {
    using place = scratch({ 'task.yaml': text })
    return loadTasks(personas, [ownTasks, place.root])
  }

  test('stands beside the others', () => {
    expect(load(valid).map((each) => each.slug)).toContain('count-jobs')
  })

  test.each([
    [
      'a persona that is not there',
      valid.replace('sre-orchestrator', 'nobody'),
      /persona nobody is not known/,
    ],
    [
      'an operation its persona may not call',
      valid.replace('jobs.list', 'users.list'),
      /may not call users\.list/,
    ],
    [
      'an input that is not declared',
      valid.replace('{{inputs.status}}', '{{inputs.state}}'),
      /no inputs\.state/,
    ],
    [
      'an input that nothing uses',
      valid.replace('"{{inputs.status}}"', 'failed'),
      /input status is not used/,
    ],
    [
      'a step before its time',
      valid.replace('{{inputs.status}}', '{{steps.list.items}}'),
      /no steps\.list\.items/,
    ],
    [
      'a condition without a comparison',
      valid.replace(', exists: true', ''),
      /one of is, isNot, oneOf, contains, exists, eachHas/,
    ],
    ['a slug that is taken', valid.replace('count-jobs', 'audit-toolkits'), /audit-toolkits is taken/],
    ['a key of its own', valid.replace('title: Count', 'titel: x\ntitle: Count'), /titel/],
  ])('is refused with %s', (_what, text, expected) => {
    expect(() => load(text)).toThrow(expected)
  })
})
