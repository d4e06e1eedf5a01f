import { readCharacter } from './read-escape.ts'
import type { Part, Surroundings } from './token.ts'

/** A set in brackets that begins at `at`; the pattern is known to be valid. */
export function readSet(pattern: string, at: number, around: Surroundings): Part {
  const end = endOfSet(pattern, at, around.sets)
  const text = pattern.slice(at, end)
  const negated = text[1] === '^'
  const content = text.slice(negated ? 2 : 1, -1)
  if (content === '') return { text, kind: 'set', meaning: negated ? 'any character' : 'nothing at all' }
  const members = around.sets ? content : describeMembers(content, around)
  return { text, kind: 'set', meaning: `${negated ? 'any character but' : 'one of'}: ${members}` }
}

/** Only the flag v lets brackets nest. */
function endOfSet(pattern: string, at: number, nests: boolean): number {
  let open = 0
  for (let index = at; index < pattern.length; index++) {
    const character = pattern[index]
    if (character === '\\') index++
    else if (character === '[' && (open === 0 || nests)) open++
    else if (character === ']' && --open === 0) return index + 1
  }
  return pattern.length
}

function describeMembers(content: string, around: Surroundings): string {
  const members: string[] = []
  let rest = content
  const take = () => {
    const [first = ''] = around.unicode ? [...rest] : [rest[0]]
    const part =
      first === '\\' ? readMember(rest, around) : { text: first, meaning: first === ' ' ? 'a space' : first }
    rest = rest.slice(part.text.length)
    return part.meaning
  }
  while (rest !== '') {
    const from = take()
    if (rest.length > 1 && rest[0] === '-') {
      rest = rest.slice(1)
      members.push(`${from} to ${take()}`)
    } else members.push(from)
  }
  return members.join(', ')
}

/** Inside brackets `\b` is the backspace, and there are no references. */
function readMember(rest: string, around: Surroundings): Pick<Part, 'text' | 'meaning'> {
  if (rest.startsWith('\\b')) return { text: '\\b', meaning: 'a backspace' }
  const property = around.unicode && /^\\([pP])\{([^}]*)\}/.exec(rest)
  if (property) {
    return {
      text: property[0],
      meaning: `${property[1] === 'p' ? 'with' : 'without'} the property ${property[2]}`,
    }
  }
  return readCharacter(rest, around)
}
