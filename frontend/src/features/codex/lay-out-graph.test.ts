import { describe, expect, it } from 'vitest'
import { layOutGraph } from './lay-out-graph.ts'

const edges = (...pairs: string[]) =>
  pairs.map((pair) => {
    const [needs = '', task = ''] = pair.split('>')
    return { needs, task }
  })
const placed = (tasks: string, ...pairs: string[]) => {
  const layout = layOutGraph(tasks.split(''), edges(...pairs))
  const places = [...layout.places].map(([task, { column, row }]) => [task, `${column}.${row}`])
  return { ...Object.fromEntries(places), size: `${layout.columns}x${layout.rows}` }
}

describe('the layout of the graph', () => {
  it('puts a task after all that it waits for, along the longest way', () => {
    expect(placed('abcd', 'a>b', 'b>c', 'a>c', 'c>d')).toEqual({
      a: '0.0',
      b: '1.0',
      c: '2.0',
      d: '3.0',
      size: '4x1',
    })
  })

  it('keeps together what hangs together, the largest group first', () => {
    expect(placed('xyabc', 'x>y', 'a>b', 'a>c')).toEqual({
      a: '0.0',
      b: '1.0',
      c: '1.1',
      x: '0.2',
      y: '1.2',
      size: '2x3',
    })
  })

  it('sorts columns so that lines cross little', () => {
    const { c, d } = placed('abcd', 'a>d', 'b>c', 'a>c', 'a>d')
    expect([d, c]).toEqual(['1.0', '1.1'])
  })

  it('draws a cycle all the same, and what refers to nothing as if it did not', () => {
    expect(placed('ab', 'a>b', 'b>a')).toMatchObject({ size: '2x1' })
    expect(placed('a', 'ghost>a', 'a>a')).toEqual({ a: '0.0', size: '1x1' })
    expect(placed('', 'a>b')).toMatchObject({ size: '0x0' })
  })

  it('lays out thousands of tasks in a moment', () => {
    const tasks = Array.from({ length: 2000 }, (_, index) => `t${index}`)
    const chain = tasks.slice(1).map((task, index) => ({ task, needs: `t${index - (index % 7)}` }))
    expect(layOutGraph(tasks, chain).places.size).toBe(2000)
  })
})
