import { describe, expect, test } from 'vitest'
import { openRepository } from '../../test/open-repository.ts'
import { CodexError } from '../kernel/errors.ts'

const running = ['tasks', 'run', 'switch-toolkit']
const inputs = ['--input', 'slug=regex', '--input', 'action=disable', '--input', 'justification=it is noisy']

/** A Toolbox with one toolkit, and somebody who answers its questions. */
function open(person: (question: string) => string) {
  let enabled = true
  const toolkit = () => ({ toolkit: { slug: 'regex', version: '1.0.0', enabled, health: null } })
  const set = (value: boolean) => () => {
    enabled = value
    return toolkit()
  }
  const answers = {
    'toolkits.get': toolkit,
    'toolkits.enable': set(true),
    'toolkits.disable': set(false),
  }
  return openRepository({}, answers, person)
}

describe('tasks run at a terminal', () => {
  test('waits for a person where the one who was asked leaves without an answer, and goes on there', async () => {
    const answers = ['leave', 'yes']
    using place = open(() => {
      const answer = answers.shift() ?? ''
      if (answer === 'leave') throw new CodexError('interrupted', 'user', 'Interrupted; nothing was done.')
      return answer
    })
    const left = await place.codex(...running, ...inputs, '--state', 'run.json')
    expect(left.code).toBe(130)
    expect(left.out).toContain('It waits for a person: The routes')
    expect(place.asked).not.toContain('toolkits.disable')

    const state = ['--state', `${place.root}/run.json`]
    expect((await place.codex(...running, ...state)).code).toBe(0)
    expect(place.asked.filter((each) => each === 'toolkits.disable')).toHaveLength(1)
  })

  test('asks again for an input that does not fit', async () => {
    const given: Record<string, string[]> = {
      slug: ['regex'],
      action: ['burn', 'disable'],
      justification: ['it is noisy'],
    }
    const questions: string[] = []
    using place = open((question) => {
      questions.push(question)
      return given[/(\w+): $/.exec(question)?.[1] ?? '']?.shift() ?? 'no'
    })
    expect(await place.codex(...running)).toMatchObject({ code: 1 })
    expect(questions.filter((each) => each.endsWith('action: '))).toHaveLength(2)
    expect(questions[2]).toMatch(/^It must be one of enable, disable\.\n/)
    expect(questions.at(-1)).toMatch(/Disable it\? \[yes\/no\] $/)
  })

  test('does nothing when the person leaves before the inputs are there', async () => {
    using place = open(() => {
      throw new CodexError('interrupted', 'user', 'Interrupted; nothing was done.')
    })
    expect(await place.codex(...running)).toMatchObject({
      code: 130,
      err: expect.stringContaining('Interrupted'),
    })
    expect(place.asked).toEqual([])
  })
})
