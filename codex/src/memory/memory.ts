import { requireBacklog } from '../backlog/edit-backlog.ts'
import type { BacklogSource } from '../backlog/read-backlog.ts'
import { type History, readHistory } from '../events/read-history.ts'
import { refuse } from '../kernel/errors.ts'
import { type Finding, findingLine } from '../text/finding.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes } from '../workspace/files.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'

/** What the files of a workspace say at one moment. */
export type Memory = { backlog: BacklogSource; history: History }

/** Reads backlog and sessions; what can't be read is refused with the place and the fix. */
export async function readMemory(workspace: Workspace): Promise<Memory> {
  const text = readText(workspace, paths.backlog)
  if (text === undefined)
    throw refuse('no_workspace', `There is no ${paths.backlog}. Run \`toolbox codex init\` first.`)
  const history = readHistory(workspace)
  refuseFatal('events_unreadable', history.findings)
  return { backlog: await requireBacklog(text, paths.backlog), history }
}

/** The text of a file of the workspace, `undefined` when there is none; bytes that are no text are refused. */
export function readText(workspace: Workspace, path: string): string | undefined {
  const bytes = readBytes(workspace.at(path))
  if (!bytes) return undefined
  const { text, findings } = decodeText(bytes, path)
  refuseFatal('not_text', findings)
  return text
}

export function refuseFatal(code: string, findings: readonly Finding[]): void {
  const faults = findings.filter((each) => each.severity === 'fatal')
  if (faults.length > 0) throw refuse(code, faults.map(findingLine).join('\n'), { findings: faults })
}
