import type { Node, Parents } from 'mdast'
import { type FlatText, flatten, type Piece } from './flat-text.ts'
import { parseMarkdown } from './parse-guide.ts'

const inline = new Set([
  'text',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'inlineCode',
  'footnoteReference',
])

/** The text without the marks of Markdown, as a reader copies it from the page. */
export function renderedText(source: string): FlatText {
  return flatten(piecesOf(source, parseMarkdown(source)))
}

function* piecesOf(source: string, nodes: readonly Node[]): Generator<Piece> {
  for (const node of nodes) {
    if (!inline.has(node.type)) yield blankAt(node)
    if ('value' in node && typeof node.value === 'string') {
      if (node.type !== 'html') yield pieceOf(source, node, node.value)
    } else if ('children' in node) {
      yield* piecesOf(source, (node as Parents).children)
    }
    if (!inline.has(node.type)) yield blankAt(node)
  }
}

function blankAt(node: Node): Piece {
  const start = node.position?.start.offset ?? 0
  return { text: ' ', offsetOf: () => start }
}

/** Where the value differs from the source (escapes, entities, indentation) its characters share one place. */
function pieceOf(source: string, node: Node, value: string): Piece {
  const start = node.position?.start.offset ?? 0
  const end = node.position?.end.offset ?? start
  const within = source.slice(start, end).indexOf(value)
  return { text: value, offsetOf: (index) => (within < 0 ? start : start + within + index) }
}
