/** Text with every run of white space as one blank, and where each character of it came from. */
export interface FlatText {
  readonly text: string
  /** Offset in the original of each character; one more for the end. */
  readonly offsets: readonly number[]
}

export interface Piece {
  readonly text: string
  offsetOf(index: number): number
}

/** Joins the pieces; each says where its characters came from. */
export function flatten(pieces: Iterable<Piece>): FlatText {
  let text = ''
  const offsets: number[] = []
  let end = 0
  const blank = (offset: number) => {
    if (text === '' || text.endsWith(' ')) return
    text += ' '
    offsets.push(offset)
  }
  for (const piece of pieces) {
    for (let index = 0; index < piece.text.length; index++) {
      const character = piece.text[index] as string
      const offset = piece.offsetOf(index)
      end = offset + 1
      if (/\s/.test(character)) blank(offset)
      else {
        text += character
        offsets.push(offset)
      }
    }
  }
  return { text: text.trimEnd(), offsets: [...offsets, end] }
}

export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

const inWord = /[\p{L}\p{N}_]/u

/** Every place where the words stand, as whole words. */
export function* occurrences(
  { text, offsets }: FlatText,
  words: string,
): Generator<{ start: number; end: number }> {
  if (words === '') return
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const after = at + words.length
    if (joins(text[at - 1], words[0]) || joins(words.at(-1), text[after])) continue
    yield { start: offsets[at] ?? 0, end: (offsets[after - 1] ?? 0) + 1 }
  }
}

function joins(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && right !== undefined && inWord.test(left) && inWord.test(right)
}
