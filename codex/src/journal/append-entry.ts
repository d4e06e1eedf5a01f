import { refuse } from '../kernel/errors.ts'
import { findingLine } from '../text/finding.ts'
import { plainText } from '../text/plain-text.ts'
import { lineBreak } from '../text/position.ts'
import { type Entry, readJournal } from './journal.ts'

export type Addition = {
  /** `YYYY-MM-DD`, for a new entry. */
  date: string
  title: string
  task: string
  /** One line of text each; further lines of a bullet are indented below it. */
  bullets: readonly string[]
}

/**
 * Adds bullets to the entry of a task, or begins one at the end of the journal. Everything that stands there already
 * stays as it is.
 */
export function appendToJournal(text: string, addition: Addition, file: string): string {
  const { entries, findings } = readJournal(text, file)
  const faults = findings.filter((each) => each.severity === 'fatal')
  if (faults.length > 0) {
    throw refuse('journal_unreadable', faults.map(findingLine).join('\n'), { findings: faults })
  }
  const after = splice(text, entries, addition)
  const isNew = entries.every((each) => each.task !== addition.task)
  const read = readJournal(after, file)
  if (read.findings.length > findings.length || read.entries.length !== entries.length + (isNew ? 1 : 0)) {
    throw refuse(
      'not_a_bullet',
      'The text would break the journal: it opens a code block without closing it. Correct it.',
    )
  }
  return after
}

function splice(text: string, entries: readonly Entry[], addition: Addition): string {
  const newline = lineBreak(text)
  const lines = addition.bullets.map((each) => bullet(each, newline))
  const entry = entries.findLast((each) => each.task === addition.task)
  if (entry) return [text.slice(0, entry.end), ...lines].join(newline) + text.slice(entry.end)
  const head = `## ${addition.date} ${oneLine(addition.title)}`
  const fresh = [head, '', `- Task: \`${addition.task}\``, ...lines, ''].join(newline)
  const gap = text === '' || /\n\s*\n$/.test(text) ? '' : text.endsWith('\n') ? newline : newline + newline
  return text + gap + fresh
}

function bullet(text: string, newline: string): string {
  return `- ${plainText(text).trim().split('\n').join(`${newline}  `)}`
}

function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim()
}
