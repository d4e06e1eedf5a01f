import type { RunReport, RunStep } from '@sre-toolbox/contract/codex-runs'

const marks: Readonly<Record<RunStep['status'], string>> = {
  pending: '·',
  running: '…',
  waiting: '?',
  succeeded: '✓',
  failed: '✗',
  refused: '✗',
  skipped: '–',
}

/** The report for people, in Markdown. It says what the machine form says and nothing else. */
export function renderReport(report: RunReport): string {
  const { title, outcome, task, id, persona, actor, toolbox, startedAt, endedAt } = report
  return [
    `# ${title}: ${outcome}`,
    `Task \`${task}\` as ${persona}, run \`${id}\` by ${actor} on ${toolbox}, ${startedAt} to ${endedAt ?? 'now'}.`,
    section(
      'Inputs',
      Object.entries(report.inputs).map(([name, value]) => `- ${name}: ${inline(value)}`),
    ),
    section('Steps', report.steps.flatMap(stepLines)),
    section('Evidence', Object.entries(report.evidence).map(evidenceBlock), '\n\n'),
    section(
      'Success criteria',
      report.success.map(({ text, met }) => `- ${met === null ? '·' : met ? '✓' : '✗'} ${text}`),
    ),
    section(
      'Guardrails',
      report.guardrails.map(({ text, verdict }) => `- ${verdict.replaceAll('_', ' ')}: ${text}`),
    ),
    section(
      'Findings',
      report.findings.map(({ code, message }) => `- \`${code}\`: ${message}`),
    ),
    section('What to do instead', report.fallback === null ? [] : [report.fallback]),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

/** One line a step, with the error word for word below it. */
export function stepLines({ title, operation, status, calls, error, approval, checks }: RunStep): string[] {
  const times = calls > 1 ? `, ${calls} calls` : ''
  return [
    `- ${marks[status]} ${title} (\`${operation}\`, ${status}${times})`,
    ...(approval?.answer
      ? [
          `  - ${approval.answer} by ${approval.by} at ${approval.at}${approval.comment ? `: ${approval.comment}` : ''}`,
        ]
      : []),
    ...(error ? [`  - \`${error.code}\`: ${error.message}`] : []),
    ...checks
      .filter(({ holds }) => !holds)
      .map(({ text, found }) => `  - not so: ${text}; found ${inline(found)}`),
  ]
}

function section(title: string, lines: readonly string[], between = '\n'): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.join(between)}`
}

function evidenceBlock([name, value]: [string, unknown]): string {
  if (typeof value !== 'object' || value === null) return `**${name}**: ${inline(value)}`
  const json = JSON.stringify(value, null, 2)
  // Text from a log may hold a fence itself.
  const longest = Math.max(2, ...(json.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `**${name}**\n\n${fence}json\n${json}\n${fence}`
}

function inline(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
