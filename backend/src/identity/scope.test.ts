import { describe, expect, it } from 'vitest'
import { covers, narrow } from './scope.ts'

describe('the scope of a token', () => {
  it.each([
    [['*'], '*', true],
    [['*'], 'jobs.*', true],
    [['jobs.*'], 'jobs.*', true],
    [['jobs.*'], 'jobs.list', true],
    [['jobs.list'], 'jobs.list', true],
    [['jobs.*'], '*', false],
    [['jobs.list'], 'jobs.*', false],
    [['jobs.list'], 'jobs.get', false],
    [['jobs.*'], 'users.list', false],
    [['jobs.*'], 'jobsx.list', false],
    [[], 'jobs.list', false],
  ])('%j covers %s: %s', (granted, wanted, expected) => {
    expect(covers(granted, wanted)).toBe(expected)
  })

  const persona = { name: 'Curator', operations: ['toolkits.*'], toolkitEffects: [] }
  const limited = { id: 'token-1', name: 'ci', operations: ['jobs.*', 'tokens.create'], persona }

  it('is inherited where nothing is asked', () => {
    expect(narrow(limited, 9_000, {})).toEqual({
      operations: limited.operations,
      persona: 'Curator',
      expiresAt: 9_000,
    })
  })

  it('may be narrower', () => {
    const wanted = { operations: ['jobs.list'], persona: 'Curator', expiresAt: 8_000 }
    expect(narrow(limited, 9_000, wanted)).toEqual(wanted)
    const unlimited = { ...limited, operations: null, persona: null }
    expect(narrow(unlimited, null, wanted)).toEqual(wanted)
  })

  it.each([
    ['more operations', { operations: ['jobs.list', 'users.*'] }, 'token_forbids'],
    ['all operations', { operations: ['*'] }, 'token_forbids'],
    ['another persona', { persona: 'Access Steward' }, 'persona_forbids'],
    ['a longer life', { expiresAt: 9_001 }, 'token_forbids'],
  ])('is refused with %s', (_, wanted, code) => {
    expect(() => narrow(limited, 9_000, wanted)).toThrow(expect.objectContaining({ code }))
  })
})
