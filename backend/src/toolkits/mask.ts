import { redacted } from '../kernel/operation.ts'

export interface Mask {
  /** From now on this value is hidden. */
  add(value: string): void
  hide(text: string): string
}

/** Shorter values would hide ordinary words. */
const shortest = 6

/** Hides the secrets that toolkit code was given from what it says. */
function createMask(): Mask {
  const values: string[] = []
  return {
    add(value) {
      // What a toolkit prints comes line by line.
      for (const part of [value, ...value.split(/\r?\n/)]) {
        if (part.length >= shortest && !values.includes(part)) values.push(part)
      }
    },
    hide(text) {
      let hidden = text
      for (const value of values) hidden = hidden.replaceAll(value, redacted)
      return hidden
    },
  }
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
