import { redacted } from '../kernel/operation.ts'

export interface Mask {
  /** From now on this value is hidden. */
  add(value: string): void
  hide(text: string): string
  /** The same for every text within a JSON value; keys too. */
  hideWithin(value: unknown): unknown
}

/** Shorter values would hide ordinary words. */
const shortest = 6

/** Hides the secrets that toolkit code was given from what it says. */
function createMask(): Mask {
  const values: string[] = []

  function hide(text: string): string {
    let hidden = text
    for (const value of values) hidden = hidden.replaceAll(value, redacted)
    return hidden
  }

  return {
    add(value) {
      // What a toolkit prints comes line by line.
      for (const part of [value, ...value.split(/\r?\n/)]) {
        if (part.length >= shortest && !values.includes(part)) values.push(part)
      }
    },
    hide,
    hideWithin: (value) => (values.length === 0 ? value : mapTexts(value, hide)),
  }
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]))
}

/** One for each toolkit, by slug: its process may say in one run what it was given in another. */
export function createMasks(): (slug: string) => Mask {
  const masks = new Map<string, Mask>()
  return (slug) => {
    const mask = masks.get(slug) ?? createMask()
    masks.set(slug, mask)
    return mask
  }
}
