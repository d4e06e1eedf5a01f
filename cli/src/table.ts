import { clip, padEnd, widthOf } from './text.ts'
import type { View } from './view.ts'

export interface Column<Row> {
  readonly title: string
  /** One line, unstyled and printable. */
  readonly cell: (row: Row) => string
  readonly align?: 'left' | 'right'
  readonly paint?: (row: Row, text: string) => string
}

const gap = '  '

/** Aligned columns under titles. Where the terminal is too narrow the last column gives way; ids never do. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], view: View): string {
  const cells = rows.map((row) => columns.map((column) => column.cell(row)))
  const widths = columns.map((column, index) =>
    Math.max(widthOf(column.title), ...cells.map((line) => widthOf(line[index] as string))),
  )
  const limit = lastWidth(widths, view.columns)
  const line = (texts: readonly string[], paint: (index: number, text: string) => string) =>
    columns
      .map((column, index) => {
        const last = index === columns.length - 1
        const text = last ? clip(texts[index] as string, limit) : (texts[index] as string)
        const width = widths[index] as number
        const space = ' '.repeat(Math.max(0, width - widthOf(text)))
        const painted = paint(index, text)
        if (column.align === 'right') return space + painted
        return last ? painted : padEnd(painted, width)
      })
      .join(gap)
      .trimEnd()
  return [
    line(
      columns.map((column) => column.title),
      (_, text) => view.style('dim', text),
    ),
    ...rows.map((row, at) =>
      line(cells[at] as string[], (index, text) => columns[index]?.paint?.(row, text) ?? text),
    ),
  ].join('\n')
}

function lastWidth(widths: readonly number[], columns: number | null): number {
  const last = widths.at(-1) ?? 0
  if (columns === null) return last
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + gap.length, 0)
  return Math.max(12, Math.min(last, columns - before))
}
