/** Who adds a persona, a task or a prompt: `product`, `repository`, or `toolkit:<slug>`. */
export type Source = 'product' | 'repository' | `toolkit:${string}`

/** A name with a dot is a toolkit's: its slug comes before the dot, and no other name holds one. */
export const isOfToolkit = (name: string): boolean => name.includes('.')

/** Who adds what bears this name; `given` are the names of the product. */
export function sourceOf(name: string, given: ReadonlySet<string>): Source {
  if (isOfToolkit(name)) return `toolkit:${name.slice(0, name.indexOf('.'))}`
  return given.has(name) ? 'product' : 'repository'
}

/** The same for people. */
export function sourceText(source: Source): string {
  return source.replace(':', ' ')
}
