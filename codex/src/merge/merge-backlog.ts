import { isDeepStrictEqual } from 'node:util'
import { editBacklog } from '../backlog/edit-backlog.ts'
import { type BacklogSource, readBacklog } from '../backlog/read-backlog.ts'
import { endOfLine, startOfLine } from '../text/position.ts'
import { pairOf, plainValue, type YamlMap } from '../yaml/node.ts'
import type { Writable } from '../yaml/render.ts'
import { editsBetween } from './backlog-edits.ts'
import { type Merged, mergeText, type Sides } from './merge-text.ts'
import { mergeValues, type ValueConflict } from './merge-values.ts'

type Plain = { [key: string]: unknown }

/**
 * Merges a backlog by task and key. git's own merge is taken where it says the same; otherwise the difference is
 * spliced into it. What both sides changed in different ways is marked on its own line. If any of this is unsure,
 * git's merge with its marks is the answer.
 */
export async function mergeBacklog(sides: Sides, file: string): Promise<Merged> {
  const plain = mergeText(sides)
  const unsure: Merged = { text: plain.text, clean: false }
  const read = await Promise.all(
    [sides.base || 'areas: []\n', sides.ours, sides.theirs].map((text) => readBacklog(text, file)),
  )
  const [base, ours, theirs] = read.map((each) =>
    each.backlog ? (plainValue(each.root) as Plain) : undefined,
  )
  if (!base || !ours || !theirs) return unsure
  const { value, conflicts } = mergeValues(base, ours, theirs)
  const text = await spliceInto(sides, plain, value as Plain, file)
  if (text === undefined) return unsure
  if (conflicts.length === 0) return { text, clean: true }
  const marked = await markConflicts(text, conflicts, file)
  return marked === undefined ? unsure : { text: marked, clean: false }
}

/** A text that says exactly `value` and holds every comment, made from git's merge with as few changes as can be. */
async function spliceInto(
  sides: Sides,
  plain: Merged,
  value: Plain,
  file: string,
): Promise<string | undefined> {
  const starts = [
    ...(plain.clean ? [plain.text] : []),
    mergeText(sides, 'ours').text,
    mergeText(sides, 'theirs').text,
  ]
  for (const start of starts) {
    const read = await readBacklog(start, file)
    const edits = read.backlog && editsBetween(plainValue(read.root) as Plain, value)
    if (!edits) continue
    const text = await editBacklog(start, edits, file).catch(() => undefined)
    const result = text === undefined ? undefined : await readBacklog(text, file)
    if (
      result?.backlog &&
      isDeepStrictEqual(plainValue(result.root), value) &&
      !losesComments(sides, result.text)
    ) {
      return result.text
    }
  }
  return undefined
}

/** Whether a comment is gone that one side has and the other did not remove. */
function losesComments({ base, ours, theirs }: Sides, text: string): boolean {
  const [before, mine, yours, merged] = [base, ours, theirs, text].map((each) => new Set(commentsOf(each)))
  const wanted = [...(mine ?? [])].filter((each) => yours?.has(each) || !before?.has(each))
  const added = [...(yours ?? [])].filter((each) => !before?.has(each))
  return [...wanted, ...added].some((each) => !merged?.has(each))
}

function commentsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)(#.*)$/gm)].map((found) => (found[1] ?? '').trim())
}

async function markConflicts(
  text: string,
  conflicts: readonly ValueConflict[],
  file: string,
): Promise<string | undefined> {
  const read = await readBacklog(text, file)
  if (!read.backlog) return undefined
  const blocks: { start: number; end: number; theirs: string }[] = []
  for (const { path, theirs } of conflicts) {
    const mine = linesOf(read, path)
    const set = { [path.at(-1) ?? '']: theirs as Writable | undefined }
    const [, area, , task] = path
    if (!mine || area === undefined || (path.length !== 3 && path.length !== 5)) return undefined
    const edit =
      task === undefined
        ? ({ kind: 'setArea', area, set } as const)
        : ({ kind: 'setTask', task: `${area}/${task}`, set } as const)
    const other = await editBacklog(text, [edit], file).catch(() => undefined)
    const otherRead = other === undefined ? undefined : await readBacklog(other, file)
    const yours = otherRead?.backlog ? linesOf(otherRead, path) : undefined
    if (other === undefined || !yours) return undefined
    blocks.push({ ...mine, theirs: other.slice(yours.start, yours.end) })
  }
  blocks.sort((a, b) => b.start - a.start)
  return blocks.reduce((marked, { start, end, theirs }) => {
    const ours = marked.slice(start, end)
    return `${marked.slice(0, start)}<<<<<<< ours\n${ours}=======\n${theirs}>>>>>>> theirs\n${marked.slice(end)}`
  }, text)
}

/** The whole lines of the key at `areas/<area>[/tasks/<task>]/<key>`. */
function linesOf(
  { backlog, text }: BacklogSource,
  path: readonly string[],
): { start: number; end: number } | undefined {
  const [, areaId, , taskId] = path
  const area = backlog.areas.find((each) => each.id === areaId)
  const owner: YamlMap | undefined =
    path.length === 3 ? area?.node : area?.tasks.find((each) => each.id === taskId)?.node
  const pair = owner && !owner.flow ? pairOf(owner, path.at(-1) ?? '') : undefined
  if (!pair) return undefined
  const start = startOfLine(text, pair.key.start)
  return text.slice(start, pair.key.start).trim() === ''
    ? { start, end: endOfLine(text, pair.value.end) }
    : undefined
}
