import { describe, expect, it } from 'vitest'
import { createValidator } from '../../../components/schema-form/validator.ts'
import { inputSchema } from './input-schema.ts'

const inputs = [
  { name: 'slug', type: 'text', description: 'The slug.', required: true },
  { name: 'action', type: 'choice', description: 'What.', required: true, choices: ['on', 'off'] },
  { name: 'limit', type: 'number', description: 'How many.', required: true, default: 10, min: 1, max: 50 },
  { name: 'names', type: 'list', description: 'Which.', required: false },
  { name: 'key', type: 'secret', description: 'A reference.', required: false },
] as const

describe('the inputs of a task as a form', () => {
  const fits = (value: unknown, mayBeLeftOut = false) => {
    const schema = inputSchema(
      inputs.map((input) => ({ ...input, choices: ['on', 'off'] })),
      mayBeLeftOut,
    )
    return createValidator().isValid(schema, value, schema)
  }
  it('take what the task takes', () => {
    expect(fits({ slug: 'a', action: 'on', limit: 3, names: ['x'], key: 'secret:a#b' })).toBe(true)
  })
  it.each([
    ['a text that is missing', { action: 'on' }],
    ['what is no choice', { slug: 'a', action: 'burn' }],
    ['a number out of bounds', { slug: 'a', action: 'on', limit: 51 }],
    ['an empty item', { slug: 'a', action: 'on', names: [''] }],
    ['the secret itself', { slug: 'a', action: 'on', key: 'hunter2' }],
  ])('refuse %s', (_, value) => {
    expect(fits(value)).toBe(false)
  })
  it('need nothing for a prompt, where what is left out stays a placeholder', () => {
    expect(fits({}, true)).toBe(true)
  })
})
