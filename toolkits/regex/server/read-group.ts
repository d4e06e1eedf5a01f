import type { Part } from './token.ts'

const lookarounds: Readonly<Record<string, string>> = {
  '(?=': 'only where this follows',
  '(?!': 'only where this does not follow',
  '(?<=': 'only where this comes before',
  '(?<!': 'only where this does not come before',
}

/** What opens a group at `at`; `number` is the next free one. */
export function readGroup(pattern: string, at: number, number: number): Part {
  const rest = pattern.slice(at, at + 4)
  const look = Object.keys(lookarounds).find((opening) => rest.startsWith(opening))
  if (look) return { text: look, kind: 'lookaround', meaning: `${lookarounds[look]}, without taking it` }

  const named = /^\(\?<([^>]*)>/.exec(pattern.slice(at))
  if (named) {
    const name = named[1] as string
    return {
      text: named[0],
      kind: 'group',
      meaning: `group ${number}, named “${name}”`,
      capture: { number, name },
    }
  }
  const plain = /^\(\?([a-z]*)(?:-([a-z]*))?:/.exec(pattern.slice(at))
  if (plain) {
    const [text, on = '', off = ''] = plain
    const changes = [on && `with ${on}`, off && `without ${off}`].filter(Boolean).join(' and ')
    return { text, kind: 'group', meaning: `a group that is not kept${changes ? `, ${changes}` : ''}` }
  }
  return { text: '(', kind: 'group', meaning: `group ${number}`, capture: { number, name: null } }
}
