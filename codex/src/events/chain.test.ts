import { describe, expect, test } from 'vitest'
import { appendEvent, mergeEvents, readEvents } from './chain.ts'
import type { Step } from './event.ts'
import { foldSession } from './session.ts'

const session = '019ca8a0-3e80-716c-a963-652e2e2e2e01'
const file = `ai/state/events/${session}.jsonl`
const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 9, minute))
const opened: Step = { type: 'opened', actor: 'a', task: 't', title: 'T', why: 'w', fence: 1, until: 'x' }
const note = (text: string): Step => ({ type: 'noted', text, until: 'y' })
const three = [opened, note('one'), note('two')].reduce(
  (text, step, index) => appendEvent(text, session, at(index), step),
  '',
)
const lines = three.trimEnd().split('\n')
const codes = (text: string) => readEvents(text, file).findings.map((each) => `${each.line} ${each.code}`)

describe("a session's file", () => {
  test('is read back as it was written', () => {
    const { events, findings } = readEvents(three, file)
    expect(findings).toEqual([])
    expect(events.map((each) => each.seq)).toEqual([1, 2, 3])
    expect(foldSession(events)).toMatchObject({ task: 't', state: 'active', summary: 'two', until: 'y' })
  })

  test.each([
    ['a line was altered', three.replace('"one"', '"uno"'), ['2 event_altered']],
    ['a line is missing', `${lines[0]}\n${lines[2]}\n`, ['2 event_missing']],
    ['the first line is missing', `${lines[1]}\n${lines[2]}\n`, ['1 event_missing']],
    ['lines changed places', `${lines[0]}\n${lines[2]}\n${lines[1]}\n`, ['2 event_missing']],
    ['a line is no JSON', `${three}{"type"\n`, ['4 event_malformed']],
    ['a line is of an unknown type', `${three}{"type":"slept"}\n`, ['4 event_malformed']],
    ['the last line was cut off', three.slice(0, -20), ['3 event_torn']],
  ])('tells that %s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  test('tells that it was renamed to pass for another session', () => {
    const { findings } = readEvents(three, 'ai/state/events/other.jsonl')
    expect(findings.length).toBeGreaterThan(0)
  })
})

test('branches of one session come together whole, whichever side merges', () => {
  const mine = appendEvent(three, session, at(5), note('mine'))
  const yours = appendEvent(appendEvent(three, session, at(4), note('yours')), session, at(6), note('more'))
  const merged = mergeEvents(mine, yours)
  expect(mergeEvents(yours, mine)).toBe(merged)
  expect(codes(merged)).toEqual([])
  expect(readEvents(merged, file).events.flatMap((each) => (each.type === 'noted' ? each.text : []))).toEqual(
    ['one', 'two', 'yours', 'mine', 'more'],
  )
})
