import { Text } from '@codemirror/state'
import { describe, expect, it } from 'vitest'
import { toDiagnostics } from './diagnostics.ts'

const text = Text.of(['# Title', 'see `/tasks` and go on', ''])
const at = (line: number, column: number) => {
  const finding = {
    code: 'c',
    severity: 'error',
    file: 'p.md',
    line,
    column,
    message: 'M.',
    fix: 'f.',
  } as const
  const [{ from, to } = { from: -1, to: -1 }] = toDiagnostics(text, [finding])
  return text.sliceString(from, to)
}

describe('a finding in the editor', () => {
  it('marks the word it begins at', () => {
    expect(at(2, 6)).toBe('/tasks')
  })
  it('marks the line where it speaks of the line', () => {
    expect(at(1, 1)).toBe('# Title')
  })
  it('stays within a text that has become shorter', () => {
    expect(at(9, 40)).toBe('')
    expect(at(1, 99)).toBe('')
  })
  it('says code, message and fix', () => {
    const finding = {
      code: 'c',
      severity: 'hint',
      file: '',
      line: 1,
      column: 1,
      message: 'M.',
      fix: 'f.',
    } as const
    expect(toDiagnostics(text, [finding])).toMatchObject([
      { severity: 'warning', source: 'c', message: 'M. f.' },
    ])
  })
})
