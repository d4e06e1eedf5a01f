import type { Part, Surroundings } from './token.ts'

const classes: Readonly<Record<string, string>> = {
  d: 'a digit, 0 to 9',
  D: 'any character but a digit',
  w: 'a letter a to z in either case, a digit or _',
  W: 'any character but a letter a to z, a digit or _',
  s: 'white space, line ends included',
  S: 'any character but white space',
}
const controls: Readonly<Record<string, string>> = {
  n: 'a line feed',
  r: 'a carriage return',
  t: 'a tab',
  v: 'a vertical tab',
  f: 'a form feed',
  '0': 'the NUL character',
}

/** What begins with a backslash at `at`; the pattern is known to be valid. */
export function readEscape(pattern: string, at: number, around: Surroundings): Part {
  const rest = pattern.slice(at)
  const letter = rest[1] ?? ''

  if (letter === 'b') return { text: '\\b', kind: 'anchor', meaning: 'the edge of a word' }
  if (letter === 'B') return { text: '\\B', kind: 'anchor', meaning: 'anywhere but the edge of a word' }

  const property = around.unicode && /^\\([pP])\{([^}]*)\}/.exec(rest)
  if (property) {
    const [text, sign, name] = property
    const meaning = `a character ${sign === 'p' ? 'with' : 'without'} the Unicode property ${name}`
    return { text, kind: 'class', meaning }
  }
  const named = (around.unicode || around.hasNames) && /^\\k<([^>]*)>/.exec(rest)
  if (named) {
    return { text: named[0], kind: 'backreference', meaning: `the same text as group “${named[1]}” matched` }
  }
  return readReference(rest, around) ?? readCharacter(rest, around)
}

/** A number above that of the last group is an octal code in patterns without the flag u. */
function readReference(rest: string, { unicode, captures }: Surroundings): Part | null {
  const numbered = /^\\([1-9]\d*)/.exec(rest)
  if (!numbered || (!unicode && Number(numbered[1]) > captures)) return null
  return {
    text: numbered[0],
    kind: 'backreference',
    meaning: `the same text as group ${numbered[1]} matched`,
  }
}

/** One character, or a class of them; sets hold these as well. */
export function readCharacter(rest: string, { unicode }: Pick<Surroundings, 'unicode'>): Part {
  const letter = rest[1] ?? ''
  const kind = classes[letter]
  if (kind) return { text: rest.slice(0, 2), kind: 'class', meaning: kind }

  const octal = !unicode && /^\\([0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(rest)
  if (octal && octal[1] !== '0') {
    return { text: octal[0], kind: 'escape', meaning: `the character with octal code ${octal[1]}` }
  }
  const control = controls[letter]
  if (control) return { text: rest.slice(0, 2), kind: 'escape', meaning: control }

  const letterControl = /^\\c([a-zA-Z])/.exec(rest)
  if (letterControl) {
    return {
      text: letterControl[0],
      kind: 'escape',
      meaning: `the control character Ctrl-${letterControl[1]}`,
    }
  }
  const wide = unicode && (/^\\u\{([0-9a-fA-F]+)\}/.exec(rest) ?? /^\\u(d[89ab]..)\\u(d[c-f]..)/i.exec(rest))
  const coded = wide || /^\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(rest)
  if (coded) {
    const code = coded[0].replace(/^\\[ux]\{?|\}$/g, '').toUpperCase()
    return { text: coded[0], kind: 'escape', meaning: `the character U+${code.padStart(4, '0')}` }
  }
  const character = [...rest.slice(1)][0] ?? ''
  const text = `\\${unicode ? character : letter}`
  return { text, kind: 'escape', meaning: `the character ${text.slice(1)} itself` }
}
