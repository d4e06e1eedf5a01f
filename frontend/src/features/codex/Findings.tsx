import type { Finding } from '@sre-toolbox/contract/codex/common'
import { Mark } from '../../components/StatusMark.tsx'

const looks = {
  fatal: { word: 'Unusable', tone: 'bad', shape: 'cross' },
  error: { word: 'Wrong', tone: 'warn', shape: 'bang' },
  hint: { word: 'Worth a look', tone: 'mute', shape: 'question' },
} as const

/** What is wrong in files: where, the line itself, and what to do. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="findings">
      {findings.map((finding) => (
        <li key={`${finding.file}:${finding.line}:${finding.column}:${finding.code}`}>
          <p className="row wrap">
            <Mark {...looks[finding.severity]} />
            <code>
              {finding.file}:{finding.line}:{finding.column}
            </code>
          </p>
          <p>{finding.message}</p>
          {finding.source && <SourceLine finding={finding} source={finding.source} />}
          {finding.fix && <p className="soft">{finding.fix}</p>}
        </li>
      ))}
    </ul>
  )
}

function SourceLine({ finding, source }: { finding: Finding; source: string }) {
  const at = finding.column - 1
  return (
    <pre className="finding-source">
      <span className="soft">{finding.line} │ </span>
      {source.slice(0, at)}
      <mark>{source.slice(at, at + 1) || ' '}</mark>
      {source.slice(at + 1)}
    </pre>
  )
}
