export interface JsonFault {
  /** 1-based. */
  readonly line: number
  readonly column: number
  readonly expected: string
}

type Expectation =
  | 'a value'
  | 'a value or ]'
  | 'a name in double quotes or }'
  | 'a name in double quotes'
  | ':'
  | ', or }'
  | ', or ]'
  | 'nothing more'

const blank = /[ \t\r\n]*/y
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Where a text stops being JSON, and what should stand there; null when it is JSON. The text is never quoted. */
export function locateJsonFault(text: string): JsonFault | null {
  const nesting: ('{' | '[')[] = []
  let expected: Expectation = 'a value'
  let at = 0

  const fault = (position: number, what: string = expected): JsonFault => {
    const before = text.slice(0, position)
    const lineStart = before.lastIndexOf('\n') + 1
    return { line: before.split('\n').length, column: position - lineStart + 1, expected: what }
  }
  const afterValue = (): Expectation => {
    const within = nesting.at(-1)
    if (within === undefined) return 'nothing more'
    return within === '{' ? ', or }' : ', or ]'
  }

  while (true) {
    at = matchEnd(blank, text, at) ?? at
    const character = text[at]
    if (character === undefined) return expected === 'nothing more' ? null : fault(at)

    const closes = character === '}' || character === ']'
    if (closes && expected.endsWith(character)) {
      nesting.pop()
      expected = afterValue()
      at++
    } else if (character === ',' && expected.startsWith(',')) {
      expected = nesting.at(-1) === '{' ? 'a name in double quotes' : 'a value'
      at++
    } else if (character === ':' && expected === ':') {
      expected = 'a value'
      at++
    } else if (character === '"' && expected.startsWith('a ')) {
      const end = stringEnd(text, at)
      if (end.fault !== null) return fault(end.at, end.fault)
      expected = expected.startsWith('a name') ? ':' : afterValue()
      at = end.at
    } else if (!expected.startsWith('a value')) {
      return fault(at)
    } else if (character === '{' || character === '[') {
      nesting.push(character)
      expected = character === '{' ? 'a name in double quotes or }' : 'a value or ]'
      at++
    } else {
      const end = matchEnd(scalar, text, at)
      if (end === null) return fault(at)
      expected = afterValue()
      at = end
    }
  }
}

function stringEnd(text: string, start: number): { at: number; fault: string | null } {
  let at = start + 1
  while (at < text.length) {
    const character = text.charAt(at)
    if (character === '"') return { at: at + 1, fault: null }
    if (character < ' ') return { at, fault: 'an escape such as \\n instead of a control character' }
    if (character === '\\') {
      const end = matchEnd(escapeSequence, text, at)
      if (end === null) return { at, fault: 'a valid escape' }
      at = end
    } else {
      at++
    }
  }
  return { at, fault: 'the closing double quote' }
}

function matchEnd(sticky: RegExp, text: string, at: number): number | null {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : null
}
