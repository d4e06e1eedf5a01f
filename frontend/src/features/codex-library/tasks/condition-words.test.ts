import { expect, it } from 'vitest'
import { conditionWords } from './condition-words.ts'

it.each([
  [{ value: '{{inputs.action}}', is: 'retry' }, 'inputs.action is "retry"'],
  [{ value: '{{steps.a.count}}', isNot: '{{steps.b.count}}' }, 'steps.a.count is not steps.b.count'],
  [{ value: '{{steps.a.status}}', oneOf: ['failed', 'lost'] }, 'steps.a.status is one of failed, lost'],
  [{ value: '{{evidence.jobs}}', eachHas: ['id', 'status'] }, 'each of evidence.jobs has id, status'],
  [{ value: '{{steps.a.items.0}}', exists: true }, 'there is steps.a.items.0'],
])('says %j in words', (condition, words) => {
  expect(conditionWords(condition)).toBe(words)
})
