import { expect, it } from 'vitest'
import { didYouMean, nearest } from './nearest.ts'

it.for<[string, string[], string[]]>([
  ['faild', ['failed', 'queued'], ['failed']],
  ['lst', ['list', 'lost', 'cancel'], ['list', 'lost']],
  ['ilst', ['list', 'logs'], ['list']],
  ['FAILED', ['failed'], ['failed']],
  ['approval', ['waiting_approval', 'queued'], ['waiting_approval']],
  ['x', ['list', 'logs'], []],
  ['x', ['n'], []],
  ['completely-else', ['list', 'logs'], []],
])('%s is near to %j', ([word, candidates, near]) => {
  expect(nearest(word, candidates)).toEqual(near)
})

it('says nothing when nothing is near', () => {
  expect(didYouMean('zzz', ['list'])).toBe('')
})
