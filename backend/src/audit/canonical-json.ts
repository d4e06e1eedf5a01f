/**
 * JSON with sorted keys and no spaces (RFC 8785), so that whoever has an exported entry can compute its hash again.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>
    let text = ''
    for (const name of Object.keys(fields).sort()) {
      if (fields[name] === undefined) continue
      text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(fields[name])}`
    }
    return `{${text}}`
  }
  return JSON.stringify(value) ?? 'null'
}
