import { expect, test } from 'vitest'
import { cronWords, timingWords } from './timing-words.ts'

test.each([
  ['* * * * *', 'Every minute'],
  ['*/5 * * * *', 'Every 5 minutes'],
  ['5 * * * *', 'Every hour at minute 5'],
  ['30 9 * * *', 'Every day at 09:30'],
  ['0 9,17 * * *', 'Every day at 09:00 and 17:00'],
  ['0 9 * * MON-FRI', 'Monday to Friday at 09:00'],
  ['0 9 * * 1,3,7', 'Every Monday, Wednesday, and Sunday at 09:00'],
  ['0 0 1 * *', 'On day 1 of every month at 00:00'],
  ['0 0 L * *', 'On the last day of every month at 00:00'],
  ['@daily', 'Every day at 00:00'],
])('%s is said as "%s"', (expression, words) => {
  expect(cronWords(expression)).toBe(words)
})

test.each(['0 9 * * FRI#2', '0 9 13 * FRI', '*/5 9-17 * * *', '0 0 1 1 *', '0 9 * * MON-', 'nonsense', ''])(
  '"%s" is left as it is',
  (expression) => {
    expect(cronWords(expression)).toBeNull()
  },
)

test('an interval is said in the largest unit that fits, cron with its zone', () => {
  expect(timingWords({ kind: 'interval', everySeconds: 3600 })).toBe('Every hour')
  expect(timingWords({ kind: 'interval', everySeconds: 5400 })).toBe('Every 90 minutes')
  expect(timingWords({ kind: 'cron', expression: '0 9 * * FRI#2', timeZone: 'UTC' })).toBe(
    '0 9 * * FRI#2 (UTC)',
  )
})
