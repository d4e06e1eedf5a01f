import { stringify } from 'yaml'
import { CodexError } from '../kernel/errors.ts'
import { type Source, sourceOf, sourceText } from '../library/source.ts'
import type { Answer, CommandLine } from './command-line.ts'
import type { ConnectedToolbox } from './toolbox-port.ts'

export type Listed<Item> = {
  items: (Item & { from: Source })[]
  /** Null where none was asked. */
  toolbox: ConnectedToolbox | null
  /** What was asked, for people. */
  where: string
}

/** What is known here, and what toolkits of the connected Toolbox add; each with who adds it. */
export async function listed<Item extends { slug: string }>(
  { deps }: CommandLine,
  url: string | undefined,
  known: { items: readonly Item[]; given: ReadonlySet<string> },
  toolkits: (toolbox: ConnectedToolbox) => Promise<Item[]>,
): Promise<Listed<Item>> {
  // Who names a Toolbox is told when it can't be asked; others can do without.
  const toolbox = (await (url === undefined ? deps.toolbox?.seek(url) : deps.toolbox?.connect(url))) ?? null
  let added: Item[] = []
  try {
    if (toolbox) added = await toolkits(toolbox)
  } catch (error) {
    if (!(error instanceof CodexError)) throw error
    deps.stderr.write(`What toolkits add is not listed: ${error.message}\n`)
  }
  return {
    items: [...known.items, ...added].map((item) => ({ ...item, from: sourceOf(item.slug, known.given) })),
    toolbox,
    where: toolbox
      ? `On ${toolbox.url}.`
      : 'No Toolbox was asked, because nobody is signed in or it does not answer: what its toolkits add is not listed.',
  }
}

/** One of them: as YAML that may be copied, with who adds it as a comment. */
export function shown<Item extends { slug: string }>(item: Item, given: ReadonlySet<string>): Answer {
  const from = sourceOf(item.slug, given)
  return { data: { ...item, from }, text: `# from: ${sourceText(from)}\n${stringify(item)}` }
}

/** Rows of a table without a head. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(cell.length, widest[index] ?? 0)),
    [],
  )
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
