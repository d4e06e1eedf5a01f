import type { FieldError } from '../../kernel/errors.ts'

/** Deeper data than this has no use here and overflows what walks it. */
const maxDepth = 64

/**
 * The first thing in the data that no part of the product can hold: a name that pollutes prototypes, text that no
 * database stores (NUL, half a surrogate pair), a number beyond doubles, endless nesting. Null when there is none.
 */
export function findUnfit(data: unknown): FieldError | null {
  const pending: { value: object; path: string; depth: number }[] = []

  const unfit = (value: unknown, path: string, depth: number): FieldError | null => {
    if (typeof value === 'string') {
      return isStorable(value) ? null : { path, message: 'holds a NUL or half a surrogate pair; take it out' }
    }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return { path, message: 'is too large a number' }
    }
    if (typeof value === 'object' && value !== null) {
      if (depth >= maxDepth) return { path: '', message: `is nested more than ${maxDepth} levels deep` }
      pending.push({ value, path, depth: depth + 1 })
    }
    return null
  }

  let found = unfit(data, '', 0)
  for (let next = pending.pop(); next && !found; next = pending.pop()) {
    const { value, path, depth } = next
    const isArray = Array.isArray(value)
    for (const [name, member] of Object.entries(value)) {
      const memberPath = path === '' ? name : `${path}.${name}`
      if (!isArray && pollutes(name, member)) {
        return { path: memberPath, message: 'is not allowed as a name' }
      }
      if (!isArray && !isStorable(name)) {
        return { path, message: 'has a name with a NUL or half a surrogate pair; take it out' }
      }
      found = unfit(member, memberPath, depth)
      if (found) return found
    }
  }
  return found
}

function pollutes(name: string, member: unknown): boolean {
  if (name === '__proto__') return true
  return (
    name === 'constructor' &&
    typeof member === 'object' &&
    member !== null &&
    Object.hasOwn(member, 'prototype')
  )
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
