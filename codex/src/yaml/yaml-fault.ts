import type { YAMLError } from 'yaml'

type Fault = { code: string; message: string; fix: string }

const fixes: Record<string, string> = {
  TAB_AS_INDENT: 'indent with spaces; a tab may not indent YAML.',
  DUPLICATE_KEY: 'keep one of the two keys.',
  BAD_INDENT: 'line the key up with its neighbours.',
  MULTIPLE_DOCS: 'keep one document; remove the second `---` and what follows it.',
  MISSING_CHAR: 'close the quote or bracket.',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line; check the quotes and brackets above.',
  BLOCK_AS_IMPLICIT_KEY: 'put quotes around a value that holds `: `, or start a new line for the nested map.',
  BAD_SCALAR_START: 'put quotes around the value.',
  BAD_DQ_ESCAPE: 'write `\\\\` for a backslash, or use single quotes.',
  UNEXPECTED_TOKEN: 'remove what stands there, or put quotes around the value.',
  TAG_RESOLVE_FAILED: 'remove the tag (`!…`).',
  BAD_ALIAS: 'write the value out instead of `*…`, or put quotes around it.',
  IMPOSSIBLE: 'put quotes around the value.',
}

const messages: Record<string, string> = {
  MULTIPLE_DOCS: 'A second document begins here.',
}

/** The parser's complaint as a code, a message and what to do. */
export function faultOf(error: YAMLError): Fault {
  const message = (messages[error.code] ?? error.message.split('\n')[0] ?? error.code).replace(
    /(["'])quote$/,
    '$1 quote',
  )
  const outOfLine = error.code === 'MISSING_CHAR' && /indicator|map values/.test(message)
  const leftOpen = error.code === 'BAD_INDENT' && message.startsWith('Flow ')
  return {
    code: `yaml_${error.code.toLowerCase()}`,
    message: message.endsWith('.') ? message : `${message}.`,
    fix:
      (outOfLine ? fixes.BAD_INDENT : leftOpen ? fixes.MISSING_CHAR : fixes[error.code]) ??
      'correct the YAML at this place.',
  }
}

export const unsupported = {
  anchor: (name: string): Fault => ({
    code: 'yaml_anchor',
    message: `The anchor &${name} lets one place change another, so an edit here could not be safe.`,
    fix: 'write the value out where it is used and remove the anchor.',
  }),
  alias: (name: string): Fault => ({
    code: 'yaml_alias',
    message: `The alias *${name} stands for a value from elsewhere, so an edit here could not be safe.`,
    fix: 'write the value out in place of the alias.',
  }),
  tag: (name: string): Fault => ({
    code: 'yaml_tag',
    message: `The tag ${name} asks for a type that a backlog does not have.`,
    fix: 'remove the tag.',
  }),
}
