import type { BoxAnswer } from '../events/event.ts'
import { refuse } from '../kernel/errors.ts'
import { readText } from '../memory/memory.ts'
import { paths, type Workspace } from '../workspace/workspace.ts'

/** A check box of the pull-request template, numbered from 1 in the order of the file. */
export type Box = {
  number: number
  text: string
  ticked: boolean
  command: string | undefined
  offset: number
}

export type BoxChoices = {
  confirm: readonly number[]
  run: readonly number[]
  waive: ReadonlyMap<number, string>
}

const box = /^[ \t]*[-*+][ \t]+\[([ xX])\][ \t]+(.*?)[ \t]*\r?$/gm

/** Reads the boxes of a template; what stands in a comment is no box. The first code span of a box is its command. */
export function readBoxes(template: string): Box[] {
  const visible = template.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  return [...visible.matchAll(box)].map((found, index) => ({
    number: index + 1,
    text: found[2] ?? '',
    ticked: found[1] !== ' ',
    command: /`([^`]+)`/.exec(found[2] ?? '')?.[1],
    offset: found.index + found[0].indexOf('[') + 1,
  }))
}

/** The boxes of the workspace's template; none where it has no template. */
export function boxesOf(workspace: Workspace): Box[] {
  return readBoxes(readText(workspace, paths.pullRequestTemplate) ?? '')
}

/** Every box must be confirmed, run or waived with a reason; a box that is ticked in the template is confirmed. */
export function answerBoxes(boxes: readonly Box[], choices: BoxChoices): BoxAnswer[] {
  const known = new Set(boxes.map((each) => each.number))
  const given = [...choices.confirm, ...choices.run, ...choices.waive.keys()]
  const unknown = given.filter((number) => !known.has(number))
  if (unknown.length > 0)
    throw refuse('unknown_box', `The template has no box ${unknown.join(', ')}; it has ${boxes.length}.`)
  const answers = boxes.map((each) => answerBox(each, choices))
  const open = boxes.filter((_each, index) => answers[index] === undefined)
  if (open.length > 0) {
    const lines = open.map((each) => `  ${each.number}. ${each.text}`).join('\n')
    throw refuse(
      'boxes_open',
      `These boxes of the pull-request template are open:\n${lines}\nAnswer each: --confirm 1, --run 2, or --waive "3=why".`,
      { boxes: open.map((each) => each.number) },
    )
  }
  const twice = given.find((number, index) => given.indexOf(number) !== index)
  if (twice !== undefined)
    throw refuse('box_twice', `Box ${twice} is answered twice: confirm, run or waive it.`)
  return answers.filter((each) => each !== undefined)
}

function answerBox(each: Box, { confirm, run, waive }: BoxChoices): BoxAnswer | undefined {
  const reason = waive.get(each.number)
  if (run.includes(each.number)) {
    if (!each.command)
      throw refuse('no_command', `Box ${each.number} names no command (\`…\`). Confirm or waive it.`)
    return { box: each.text, how: 'ran', command: each.command }
  }
  if (reason !== undefined) {
    if (reason.trim() === '')
      throw refuse('no_reason', `Waiving box ${each.number} needs a reason: --waive "${each.number}=why".`)
    return { box: each.text, how: 'waived', reason }
  }
  return confirm.includes(each.number) || each.ticked ? { box: each.text, how: 'confirmed' } : undefined
}
