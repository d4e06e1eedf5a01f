import { existsSync } from 'node:fs'
import { readBacklog } from '../backlog/read-backlog.ts'
import { readHistory } from '../events/read-history.ts'
import { readJournal } from '../journal/journal.ts'
import { CodexError } from '../kernel/errors.ts'
import { additions, playbookPath } from '../library/paths.ts'
import { readProgress } from '../progress/read-progress.ts'
import type { Finding } from '../text/finding.ts'
import { decodeText } from '../text/read-text.ts'
import { readBytes } from '../workspace/files.ts'
import { isThere } from '../workspace/is-there.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { checkCommitted } from './check-committed.ts'

/** Everything wrong with the files of a workspace, with places and fixes. Nothing is written. */
export async function checkFiles(workspace: Workspace): Promise<Finding[]> {
  const findings: Finding[] = []
  const check = async (
    path: string,
    read: (text: string) => Promise<Finding[]> | Finding[],
  ): Promise<void> => {
    const bytes = readBytes(workspace.at(path))
    if (!bytes) return
    const decoded = decodeText(bytes, path)
    findings.push(...(decoded.findings.length > 0 ? decoded.findings : await read(decoded.text)))
  }
  await check(paths.backlog, async (text) => (await readBacklog(text, paths.backlog)).findings)
  await check(paths.progress, async (text) => (await readProgress(text, paths.progress)).findings)
  await check(paths.journal, (text) => readJournal(text, paths.journal).findings)
  const altered = readHistory(workspace).findings
  const gone = await checkCommitted(workspace)
  return [
    ...findings,
    ...altered,
    ...gone.filter(({ file }) => altered.every((each) => each.file !== file)),
    ...(await checkAdditions(workspace)),
    ...(await checkPromptOrigins(workspace)),
  ]
}

/** Where its prompts come from; whether they are good prompts says `prompt check`. */
async function checkPromptOrigins(workspace: Workspace): Promise<Finding[]> {
  if (!existsSync(workspace.at(additions.prompts))) return []
  const [{ createPromptShelf }, { readPrompt }, { checkOrigin }] = await Promise.all([
    import('../prompts/prompt-shelf.ts'),
    import('../prompts/read-prompt.ts'),
    import('../prompts/check-origin.ts'),
  ])
  const findings: Finding[] = []
  for (const { file, text, unreadable } of createPromptShelf(workspace).list()) {
    findings.push(...unreadable)
    if (unreadable.length > 0) continue
    const { prompt } = await readPrompt(text, file)
    checkOrigin(
      prompt,
      (path) => isThere(workspace, path),
      (line, column, fault) => findings.push({ severity: 'error', ...fault, file, line, column }),
    )
  }
  return findings
}

/** What the repository adds to the library, and the playbook rendered from it. The library is loaded only for that. */
async function checkAdditions(workspace: Workspace): Promise<Finding[]> {
  const present = [additions.personas, additions.tasks, playbookPath].some((path) =>
    existsSync(workspace.at(path)),
  )
  if (!present) return []
  const { playbookOf } = await import('../playbook/write-playbook.ts')
  const place = { severity: 'error' as const, line: 1, column: 1 }
  try {
    if (!playbookOf(workspace, false).drifted || !existsSync(workspace.at(playbookPath))) return []
    const message = 'The playbook is not what the data says.'
    return [
      {
        ...place,
        code: 'playbook_drifted',
        file: playbookPath,
        message,
        fix: 'run `toolbox codex playbook`.',
      },
    ]
  } catch (error) {
    if (!(error instanceof CodexError)) throw error
    const message = error.message.replaceAll(`${workspace.root}/`, '')
    return [{ ...place, code: error.code, file: 'ai', message, fix: 'correct the files that are named.' }]
  }
}
