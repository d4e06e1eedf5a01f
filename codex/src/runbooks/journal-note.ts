import type { RunReport } from '@sre-toolbox/contract/codex-runs'
import { stepLines } from './render-report.ts'

/** Evidence in a journal is there to be found again, not to be read at length. */
const longest = 600

/** By this a journal says of which run it speaks. */
export const markOf = ({ id }: Pick<RunReport, 'id'>) => `(run \`${id}\`)`

/** The report as one bullet of a journal: what was done, what it gave, what speaks against it. */
export function journalNote(report: RunReport): string {
  const { task, outcome, toolbox, actor, inputs, steps, evidence, success, findings, fallback } = report
  return [
    `Ran \`${task}\` on ${toolbox} as ${actor}: ${outcome} ${markOf(report)}.`,
    ...Object.entries(inputs).map(([name, value]) => `- ${name}: ${clipped(value)}`),
    ...steps.filter(({ status }) => status !== 'skipped' && status !== 'pending').flatMap(stepLines),
    ...Object.entries(evidence).map(([name, value]) => `- ${name}: ${clipped(value)}`),
    ...success.map(
      ({ text, met }) => `- ${met === null ? 'to be judged' : met ? 'met' : 'NOT met'}: ${text}`,
    ),
    ...findings.map(({ code, message }) => `- ${code}: ${message}`),
    ...(fallback === null ? [] : [`- instead: ${fallback}`]),
  ]
    .map((line) => line.replace(/[\r\n]+\s*/g, ' '))
    .join('\n')
}

function clipped(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`
}
