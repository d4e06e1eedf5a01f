import type { Finding } from '@sre-toolbox/contract/codex/common'
import { Mark } from '../../../components/StatusMark.tsx'

const looks = {
  fatal: { word: 'Unusable', tone: 'bad', shape: 'cross' },
  error: { word: 'Wrong', tone: 'bad', shape: 'bang' },
  hint: { word: 'Worth a look', tone: 'mute', shape: 'question' },
} as const

/** What is wrong with a prompt; each leads to its place. */
export function PromptFindings(props: { findings: readonly Finding[]; onGo: (finding: Finding) => void }) {
  return (
    <ol className="prompt-findings">
      {props.findings.map((finding) => (
        <li key={`${finding.line}:${finding.column}:${finding.code}:${finding.message}`}>
          <p className="row wrap">
            <Mark {...looks[finding.severity]} />
            <button type="button" className="link" onClick={() => props.onGo(finding)}>
              line {finding.line}, column {finding.column}
            </button>
            <code className="soft">{finding.code}</code>
          </p>
          <p>{finding.message}</p>
          <p className="soft">Fix: {finding.fix}</p>
        </li>
      ))}
    </ol>
  )
}
