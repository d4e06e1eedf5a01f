import { CodexError, type Finding, readText, type Workspace } from '@sre-toolbox/codex'

/** Longer lines are cut: a finding is read by people. */
const longest = 400

/** Findings with the lines that they speak of, so that whoever reads them needs no access to the files. */
export function withSource(workspace: Workspace, findings: readonly Finding[]) {
  const texts = new Map<string, readonly string[]>()
  const linesOf = (file: string) => {
    const known = texts.get(file) ?? (textOf(workspace, file) ?? '').split('\n')
    texts.set(file, known)
    return known
  }
  return findings.map((finding) => {
    const source = linesOf(finding.file)[finding.line - 1]?.trimEnd().slice(0, longest)
    return source ? { ...finding, source } : finding
  })
}

/** A refusal that brings findings brings their lines too. */
export function refusalWithSource(workspace: Workspace, error: unknown): unknown {
  if (!(error instanceof CodexError) || !Array.isArray(error.details.findings)) return error
  const findings = withSource(workspace, error.details.findings)
  return new CodexError(error.code, error.fate, error.message, { ...error.details, findings })
}

function textOf(workspace: Workspace, file: string): string | undefined {
  try {
    return readText(workspace, file)
  } catch (error) {
    // What is no text, or leads out of the workspace, has no lines to show; the finding says so.
    if (error instanceof CodexError) return undefined
    throw error
  }
}
