import type { ScalarValue } from './node.ts'

const indicator = /^[[\]{},#&*!|>'"%@`]|^[-?:](?=[ ]|$)/

/** The value that YAML 1.2's core schema gives to a plain scalar. */
export function resolvePlain(source: string): ScalarValue {
  switch (source) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null
    case 'true':
    case 'True':
    case 'TRUE':
      return true
    case 'false':
    case 'False':
    case 'FALSE':
      return false
  }
  if (!/^[-+.\d]/.test(source)) return source
  if (/^[-+]?\d+$/.test(source)) return Number.parseInt(source, 10)
  if (/^0o[0-7]+$/.test(source)) return Number.parseInt(source.slice(2), 8)
  if (/^0x[\da-fA-F]+$/.test(source)) return Number.parseInt(source.slice(2), 16)
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(source)) return Number.parseFloat(source)
  if (/^[-+]?\.(inf|Inf|INF)$/.test(source)) return source.startsWith('-') ? -Infinity : Infinity
  if (/^\.(nan|NaN|NAN)$/.test(source)) return Number.NaN
  return source
}

/** Readers of YAML 1.1 take these for booleans, and for numbers of base 60. */
const differsInYaml11 = /^(y|yes|n|no|on|off)$|^[-+]?\d+(:[0-5]?\d)+$/i

/** Whether the text can stand on one line without quotes and be read back as the same string. */
export function standsPlain(text: string, inFlow: boolean): boolean {
  if (text === '' || text.trim() !== text || /[\p{Cc}\u2028\u2029\ufeff]/u.test(text)) return false
  if (indicator.test(text) || text.startsWith('---') || text.startsWith('...')) return false
  if (/: |:$| #/.test(text) || (inFlow && /[[\]{},:]/.test(text))) return false
  return typeof resolvePlain(text) === 'string' && !differsInYaml11.test(text)
}

/** Whether a character run may begin a plain scalar; anything else is left to the full parser. */
export function beginsPlain(source: string): boolean {
  return !indicator.test(source)
}
