import type { Prompt } from './read-prompt.ts'

/** What Safety says of the operations on a line. */
export type SafetyList = 'safe' | 'approval' | 'forbidden'

const headings: readonly [RegExp, SafetyList][] = [
  [/forbid|never|must not/i, 'forbidden'],
  [/approv|confirm/i, 'approval'],
  [/safe/i, 'safe'],
]

/** For every line of the prompt the section it stands in and, within Safety, the list that it belongs to. */
export function listsOf(prompt: Prompt): { section: string | undefined; list: SafetyList | undefined }[] {
  const places = new Map<number, { section: string; list: SafetyList | undefined }>()
  for (const { name, line, lines } of prompt.sections) {
    const safety = name.toLowerCase() === 'safety'
    let current: SafetyList | undefined
    lines.forEach((text, index) => {
      const heading = /^###+[ \t]+(.+)$/.exec(text)?.[1]
      if (heading !== undefined) current = safety ? listIn(heading) : undefined
      places.set(line + index, { section: name, list: safety ? (current ?? listInProse(text)) : undefined })
    })
  }
  const count = prompt.text.split('\n').length
  return Array.from(
    { length: count },
    (_, index) => places.get(index) ?? { section: undefined, list: undefined },
  )
}

function listIn(heading: string): SafetyList | undefined {
  return headings.find(([words]) => words.test(heading))?.[1]
}

/** Without a heading, a sentence that asks for consent or forbids does as well; one that says "safe" does not. */
function listInProse(line: string): SafetyList | undefined {
  const list = listIn(line)
  return list === 'safe' ? undefined : list
}
