import { readJournal } from '../journal/journal.ts'
import { lineBreak } from '../text/position.ts'
import { type Merged, mergeText, type Sides } from './merge-text.ts'

/** An entry with all lines up to the next one. `at` is the time of its first bullet, or its date. */
type Segment = { key: string; at: string; text: string }

const stamp = /^[-*] (\d{4}-\d{2}-\d{2} \d{2}:\d{2})/m

/**
 * Merges a journal by entry: entries of both sides in the order of their dates, bullets that both sides added to one
 * entry in the order of their times. Only an entry that both sides rewrote is left with marks.
 */
export function mergeJournal(sides: Sides, file: string): Merged {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((text) => segmentsOf(text, file))
  if (!base || !ours || !theirs) return { text: mergeText(sides).text, clean: false }
  let clean = true
  const find = (list: Segment[], key: string) => list.find((each) => each.key === key)
  const result: Segment[] = []
  for (const segment of ours) {
    const was = find(base, segment.key)
    const other = find(theirs, segment.key)
    if (!other && was?.text.trimEnd() === segment.text.trimEnd()) continue
    const merged = other
      ? mergeSegment(was?.text ?? '', segment.text, other.text)
      : { text: segment.text, clean: true }
    clean &&= merged.clean
    result.push({ ...segment, text: merged.text })
  }
  theirs.forEach((segment, at) => {
    const was = find(base, segment.key)
    if (find(ours, segment.key) || was?.text.trimEnd() === segment.text.trimEnd()) return
    const previous = theirs.slice(0, at).findLast((each) => find(result, each.key))
    let place = previous ? result.findIndex((each) => each.key === previous.key) + 1 : 0
    const goesBefore = (next: Segment | undefined) => next && !find(base, next.key) && next.at <= segment.at
    while (goesBefore(result[place])) place += 1
    result.splice(place, 0, segment)
  })
  return { text: join(result, lineBreak(sides.ours)), clean }
}

/** Entries stand apart by an empty line, wherever they came from; what was last may not have ended with one. */
function join(segments: readonly Segment[], newline: string): string {
  const texts = segments.map(({ text }) => text.trimEnd()).filter((text) => text !== '')
  return texts.join(newline + newline) + newline
}

/** The text before the first entry is a segment of its own, with an empty key. */
function segmentsOf(text: string, file: string): Segment[] | undefined {
  const { entries, findings } = readJournal(text, file)
  if (findings.some((each) => each.severity === 'fatal')) return undefined
  const seen = new Map<string, number>()
  const segments = entries.map(({ heading, task, date, start }, index) => {
    const name = task ? `task ${task}` : `entry ${heading}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    const own = text.slice(start, entries[index + 1]?.start ?? text.length)
    return { key: `${name} ${count}`, at: stamp.exec(own)?.[1] ?? date, text: own }
  })
  return [{ key: '', at: '', text: text.slice(0, entries[0]?.start ?? text.length) }, ...segments]
}

function mergeSegment(base: string, ours: string, theirs: string): Merged {
  const [was, mine, yours] = [base.trimEnd(), ours.trimEnd(), theirs.trimEnd()]
  if (mine === yours || yours === was) return { text: ours, clean: true }
  if (mine === was) return { text: theirs, clean: true }
  if (was === '') {
    const [first, second] = mine < yours ? [mine, yours] : [yours, mine]
    const head = headOf(first)
    const added = mergeBullets(first.slice(head.length), second.slice(headOf(second).length))
    return { text: `${head}${added}${lineBreak(ours)}`, clean: true }
  }
  if (mine.startsWith(was) && yours.startsWith(was)) {
    const added = mergeBullets(mine.slice(was.length), yours.slice(was.length))
    return { text: `${was}${added}${lineBreak(ours)}`, clean: true }
  }
  return mergeText({ base, ours, theirs })
}

/** The heading and the bullet that names the task: where both sides began an entry for one task, they stand once. */
function headOf(text: string): string {
  return /^[^\n]*(\s*\n[-*] Task:[^\r\n]*)?/.exec(text)?.[0] ?? ''
}

/** Bullets with a time are put in order; those without stay behind the one they followed. */
function mergeBullets(mine: string, yours: string): string {
  const added = new Set([...bulletsOf(mine), ...bulletsOf(yours)])
  let last = ''
  const stamped = [...added].map((text) => {
    last = stamp.exec(text)?.[1] ?? last
    return { text, at: last }
  })
  stamped.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return stamped.map(({ text }) => text).join('')
}

function bulletsOf(text: string): string[] {
  return text.split(/(?=\r?\n[-*] )/).filter((each) => each.trim() !== '')
}
