import type { JournalEntry } from '@sre-toolbox/contract/codex/memory'

/** Names an entry in the address: new entries come after it in the file, so its name stays. */
export function entryId({ date, title, task }: Pick<JournalEntry, 'date' | 'title' | 'task'>): string {
  const words = (task ?? title)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `${date}-${words}`
}

/** The name that an address asks for; an address may be anything. */
export function wantedEntry(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1))
  } catch {
    return hash.slice(1)
  }
}

/** Where what an entry is about is to be seen: a task of the backlog, an area of it, or a task of the library that was run. */
export function subjectOf(
  { title, task }: Pick<JournalEntry, 'title' | 'task'>,
  workspace: string,
): string | null {
  if (task === null) return null
  const [kind, name = ''] = task.split('/')
  if (kind === 'tasks' && title.startsWith('Run: ')) {
    // The repository may have added it.
    const id = workspace.slice(workspace.lastIndexOf('/') + 1)
    return `/codex/tasks/${encodeURIComponent(name)}?workspace=${id}`
  }
  if (kind === 'areas' && title.startsWith('Area: ')) return `${workspace}?area=${encodeURIComponent(name)}`
  return `${workspace}?task=${encodeURIComponent(task)}`
}

/** An entry without its heading and its task, which are shown above it. */
export function entryBody({ text }: Pick<JournalEntry, 'text'>): string {
  return text
    .replace(/^##[^\n]*\n?/, '')
    .replace(/^\s*[-*] Task: `[^`\n]*`[ \t]*(?:\n|$)/, '')
    .trim()
}
