import type { JournalEntry } from '@sre-toolbox/contract/codex/memory'

/** Names an entry in the address: new entries come after it in the file, so its name stays. */
export function entryId({ date, title, task }: Pick<JournalEntry, 'date' | 'title' | 'task'>): string {
  const words = (task ?? title)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `${date}-${words}`
}

/** An entry without its heading and its task, which are shown above it. */
export function entryBody({ text }: Pick<JournalEntry, 'text'>): string {
  return text
    .replace(/^##[^\n]*\n?/, '')
    .replace(/^\s*[-*] Task: `[^`\n]*`[ \t]*(?:\n|$)/, '')
    .trim()
}
