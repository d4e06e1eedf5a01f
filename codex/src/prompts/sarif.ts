import type { Finding } from '../text/finding.ts'
import { meaningOf } from './codes.ts'

const levels = { fatal: 'error', error: 'error', hint: 'note' } as const
const handbook = 'codex/docs/prompt-codes.md'

/** Findings as SARIF 2.1.0, which code hosts and CI systems show at their places. Paths are below the workspace's root. */
export function toSarif(findings: readonly Finding[]): object {
  const rules = [...new Set(findings.map((each) => each.code))].sort()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'toolbox codex prompt check',
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: meaningOf(id) ?? id },
              help: { text: `${meaningOf(id) ?? id} See ${handbook}.` },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map(({ code, severity, file, line, column, message, fix }) => ({
          ruleId: code,
          ruleIndex: rules.indexOf(code),
          level: levels[severity],
          message: { text: `${message} Fix: ${fix}` },
          locations: [
            {
              physicalLocation: {
                artifactLocation: {
                  uri: file.split('/').map(encodeURIComponent).join('/'),
                  uriBaseId: '%SRCROOT%',
                },
                region: { startLine: line, startColumn: column },
              },
            },
          ],
        })),
      },
    ],
  }
}
