/**
 * Writes answers as JSON. What a slice has frozen will never change, so its text is made once: pages of a list are asked
 * for again and again, and mostly show what has ended.
 */
export function createJsonText(): (value: unknown) => string {
  const texts = new WeakMap<object, string>()

  function textOf(item: unknown): string {
    if (typeof item !== 'object' || item === null || !Object.isFrozen(item))
      return JSON.stringify(item) ?? 'null'
    const known = texts.get(item)
    if (known !== undefined) return known
    const text = JSON.stringify(item)
    texts.set(item, text)
    return text
  }

  return (value) => {
    if (!isPage(value)) return JSON.stringify(value ?? null)
    const { items, ...rest } = value
    const more = JSON.stringify(rest)
    return `{"items":[${items.map(textOf).join(',')}]${more === '{}' ? '' : `,${more.slice(1, -1)}`}}`
  }
}

function isPage(value: unknown): value is { items: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)
}
