import type { Finding } from '../text/finding.ts'
import { conflictMarkers } from '../text/read-text.ts'

/** `## YYYY-MM-DD Title` and the lines below it, up to the next such heading. Offsets into the source. */
export type Entry = {
  heading: string
  date: string
  title: string
  /** The task it tells of, from a bullet `- Task: …`. */
  task: string | undefined
  start: number
  /** Just past its last line that says something, without that line's break. */
  end: number
}

const heading = /^##[ \t]+(.*?)[ \t]*$/
const dated = /^(\d{4}-\d{2}-\d{2})(?:[ \t]*[-–—:][ \t]*|[ \t]+|$)(.*)$/
const taskBullet = /^[-*][ \t]+Task:[ \t]*(?:`([^`]+)`|(\S+))/

/** Reads a journal. Headings without a date end an entry but begin none; what stands in code fences is text. */
export function readJournal(text: string, file: string): { entries: Entry[]; findings: Finding[] } {
  const findings = conflictMarkers(text, file)
  const entries: Entry[] = []
  let open: Entry | undefined
  let fence: { mark: string; line: number } | undefined
  let offset = 0
  text.split('\n').forEach((raw, index) => {
    const line = raw.replace(/\r$/, '')
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark && !fence) fence = { mark, line: index + 1 }
    else if (mark && fence && mark.startsWith(fence.mark) && line.trim() === mark) fence = undefined
    const title = fence ? undefined : (heading.exec(line)?.[1] ?? (/^##[ \t]*$/.test(line) ? '' : undefined))
    if (title !== undefined) {
      open = undefined
      const [, date, rest] = dated.exec(title) ?? []
      if (date === undefined || rest === undefined) findings.push(undated(file, index + 1, title))
      else {
        if (!isDate(date)) findings.push(impossible(file, index + 1, date))
        open = {
          heading: title,
          date,
          title: rest,
          task: undefined,
          start: offset,
          end: offset + line.length,
        }
        entries.push(open)
      }
    } else if (open && line.trim() !== '') {
      open.end = offset + line.length
      const [, quoted, bare] = taskBullet.exec(line) ?? []
      open.task ??= quoted ?? bare
    }
    offset += raw.length + 1
  })
  if (fence) findings.push(unclosed(file, fence.line))
  return { entries, findings }
}

function isDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date)
}

function undated(file: string, line: number, title: string): Finding {
  return {
    code: 'entry_without_date',
    severity: 'hint',
    file,
    line,
    column: 4,
    message: `The heading \`${title}\` has no date, so it is no entry.`,
    fix: 'begin it with YYYY-MM-DD, or make it a heading of another level.',
  }
}

function impossible(file: string, line: number, date: string): Finding {
  return {
    code: 'impossible_date',
    severity: 'error',
    file,
    line,
    column: 4,
    message: `There is no day ${date}.`,
    fix: 'correct the date.',
  }
}

function unclosed(file: string, line: number): Finding {
  return {
    code: 'unclosed_fence',
    severity: 'fatal',
    file,
    line,
    column: 1,
    message: 'This code block never ends, so whatever is added would become part of it.',
    fix: 'close it with the same marks.',
  }
}
