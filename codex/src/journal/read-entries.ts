import { readText, refuseFatal } from '../memory/memory.ts'
import { lineFinder } from '../text/position.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'
import { readJournal } from './journal.ts'

export type JournalEntry = { date: string; title: string; task: string | null; text: string; line: number }

/** Whether these words stand in the journal already, in any entry. */
export function isInJournal(workspace: Workspace, words: string): boolean {
  return readText(workspace, paths.journal)?.includes(words) ?? false
}

/** The entries of the journal in the order of the file; a task fits by its address or its bare id. */
export function readEntries(
  workspace: Workspace,
  wanted: { task?: string; search?: string },
): JournalEntry[] {
  const text = readText(workspace, paths.journal) ?? ''
  const { entries, findings } = readJournal(text, paths.journal)
  refuseFatal('journal_unreadable', findings)
  const lineAt = lineFinder(text)
  return entries
    .map(({ date, title, task, start, end }) => ({
      date,
      title,
      task: task ?? null,
      text: text.slice(start, end),
      line: lineAt(start),
    }))
    .filter(
      ({ task }) => wanted.task === undefined || task === wanted.task || task?.endsWith(`/${wanted.task}`),
    )
    .filter(
      (each) => wanted.search === undefined || each.text.toLowerCase().includes(wanted.search.toLowerCase()),
    )
}
