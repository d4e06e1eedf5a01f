/** Marks that no text has: what they enclose is a placeholder of ours, and all other braces are data. */
const open = '\ue000'
const close = '\ue001'

export function placeholder(name: string): string {
  return `${open}${name}${close}`
}

/** Anything as one line in quotation marks, so that it can be nothing but data: no markup, no second line. */
export function quoted(value: unknown): string {
  return withPlaceholders(JSON.stringify(value).replace(/[`{}<\u2028\u2029]/g, escaped))
}

/** JSON within single quotes of a shell. */
export function shellJson(value: unknown): string {
  const json = JSON.stringify(value)
    .replaceAll("'", "'\\''")
    .replaceAll('`', '\\u0060')
    .replaceAll('{{', '\\u007b\\u007b')
  return withPlaceholders(`'${json}'`)
}

/** Placeholders as prompts have them: `{{name}}`. */
function withPlaceholders(text: string): string {
  return text.replaceAll(open, '{{').replaceAll(close, '}}')
}

/** Words of a person or a manifest as they are, on one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export function code(text: string): string {
  return `\`${text}\``
}

export function bullets(items: readonly string[]): string {
  return items.map((each) => `- ${each}`).join('\n')
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
