import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Finding } from '@sre-toolbox/contract/codex/common'

/** Where a finding begins, within the text as it is. */
export function placeOf(text: Text, { line, column }: Pick<Finding, 'line' | 'column'>): number {
  const { from, to } = text.line(Math.min(Math.max(line, 1), text.lines))
  return Math.min(from + Math.max(column, 1) - 1, to)
}

/** Findings as the editor marks them: the word they begin at, or the line when it begins with the line. */
export function toDiagnostics(text: Text, findings: readonly Finding[]): Diagnostic[] {
  return findings.map((finding) => {
    const from = placeOf(text, finding)
    const line = text.lineAt(from)
    const word = /^[^\s`]+/.exec(text.sliceString(from, line.to))?.[0] ?? ''
    return {
      from,
      to: finding.column <= 1 || word === '' ? line.to : from + word.length,
      severity: finding.severity === 'hint' ? 'warning' : 'error',
      source: finding.code,
      message: `${finding.message} ${finding.fix}`,
    }
  })
}
