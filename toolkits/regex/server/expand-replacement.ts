const references = /\$(?:[$&`']|\d{1,2}|<[^>]*>)/g

/** The parts of the replacement for one match, with `$1`, `$<name>`, `$&`, … put in as JavaScript does. */
export function* expandReplacement(replacement: string, found: RegExpExecArray): Generator<string> {
  let end = 0
  for (const { 0: reference, index } of replacement.matchAll(references)) {
    yield replacement.slice(end, index)
    yield expand(reference, found)
    end = index + reference.length
  }
  yield replacement.slice(end)
}

function expand(reference: string, found: RegExpExecArray): string {
  const behind = found.index + found[0].length
  switch (reference[1]) {
    case '$':
      return '$'
    case '&':
      return found[0]
    case '`':
      return found.input.slice(0, found.index)
    case "'":
      return found.input.slice(behind)
    case '<':
      return found.groups ? (found.groups[reference.slice(2, -1)] ?? '') : reference
    default:
      return expandNumber(reference, found)
  }
}

/** Two digits are one number where there are so many groups, else a number and a digit. */
function expandNumber(reference: string, found: RegExpExecArray): string {
  const isGroup = (digits: string) => Number(digits) >= 1 && Number(digits) < found.length
  const digits = reference.slice(1)
  if (isGroup(digits)) return found[Number(digits)] ?? ''
  const [first = '', second = ''] = digits
  return digits.length === 2 && isGroup(first) ? `${found[Number(first)] ?? ''}${second}` : reference
}
