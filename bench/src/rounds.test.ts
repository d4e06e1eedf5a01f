import { expect, test } from 'vitest'
import { fastest, type Measure, takeTurns } from './rounds.ts'

/** Measures these numbers one after the other, and writes down whose turn it was. */
function scripted(name: string, numbers: number[], turns: string[] = []): Measure {
  return async () => {
    turns.push(name)
    return numbers.shift() ?? Number.NaN
  }
}

test('all take turns, the first round does not count, and the best variant of the peer is the peer', async () => {
  const turns: string[] = []
  const peers = [
    { name: 'slow', measure: scripted('slow', [999, 1, 2, 3], turns) },
    { name: 'fast', measure: scripted('fast', [999, 10, 30, 20], turns) },
  ]
  const { peer, ours, notes } = await takeTurns(3, peers, scripted('ours', [999, 100, 300, 200], turns))
  expect({ peer, ours }).toEqual({ peer: 20, ours: 200 })
  expect(notes).toEqual(['slow: 2/s', 'fast: 20/s'])
  expect(turns.slice(0, 6)).toEqual(['slow', 'fast', 'ours', 'slow', 'fast', 'ours'])
})

test('each variant has the machine for itself, and the one with the highest median is chosen', async () => {
  const open: string[] = []
  const numbers: Record<string, number[]> = { a: [999, 5, 6, 7], b: [0, 9, 8, 1] }
  const { best } = await fastest([{ name: 'a' }, { name: 'b' }], 3, async ({ name }) => {
    expect(open).toEqual([])
    open.push(name)
    return { measure: scripted(name, numbers[name] ?? []), close: async () => void open.pop() }
  })
  expect(best.name).toBe('b')
  expect(open).toEqual([])
})
