import { redacted } from '../kernel/operation.ts'

export interface Mask {
  /** From now on this value is hidden. */
  add(value: string): void
  hide(text: string): string
}

/** Shorter values would hide ordinary words. */
const shortest = 6

/** Hides the secrets that a run was given from what it says. */
export function createMask(): Mask {
  const values: string[] = []
  return {
    add(value) {
      if (value.length >= shortest && !values.includes(value)) values.push(value)
    },
    hide(text) {
      let hidden = text
      for (const value of values) hidden = hidden.replaceAll(value, redacted)
      return hidden
    },
  }
}
