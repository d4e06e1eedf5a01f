/** What templates may name. */
export interface Scope {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly steps: Readonly<Record<string, unknown>>
  readonly evidence: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, unknown>>
  readonly each?: unknown
}

const whole = /^\{\{([^}]+)\}\}$/
const within = /\{\{([^}]+)\}\}/g

/**
 * The value with its templates filled in. A text that is one template becomes what stands there, whatever its type; a
 * field whose place is empty is left out.
 */
export function fill(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const place = whole.exec(value)?.[1]
    if (place !== undefined) return lookUp(scope, place)
    return value.replace(within, (_, each: string) => asText(lookUp(scope, each)))
  }
  if (Array.isArray(value)) return value.map((item) => fill(item, scope))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]) => [name, fill(field, scope)])
      .filter(([, field]) => field !== undefined),
  )
}

/** What stands at a dotted path, undefined where nothing does. */
export function lookUp(root: unknown, path: string): unknown {
  let found: unknown = root
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined
    found = (found as Record<string, unknown>)[name]
  }
  return found
}

/** Every place that the templates in a value name. */
export function placesIn(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? '').matchAll(within)].map((found) => found[1] ?? '')
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
