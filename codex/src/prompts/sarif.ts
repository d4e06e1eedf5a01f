import type { Finding } from '../text/finding.ts'

const levels = { fatal: 'error', error: 'error', hint: 'note' } as const

/** Findings as SARIF 2.1.0, which code hosts and CI systems show at their places. */
export function toSarif(findings: readonly Finding[]): object {
  const rules = [...new Set(findings.map((each) => each.code))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'toolbox codex', rules: rules.map((id) => ({ id })) } },
        results: findings.map(({ code, severity, file, line, column, message, fix }) => ({
          ruleId: code,
          level: levels[severity],
          message: { text: `${message} Fix: ${fix}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: file },
                region: { startLine: line, startColumn: column },
              },
            },
          ],
        })),
      },
    ],
  }
}
