import { isUtf8 } from 'node:buffer'
import type { Finding } from './finding.ts'
import { positionAt } from './position.ts'

/** Decodes a file's bytes, a byte-order mark kept, or says where they stop being text. */
export function decodeText(bytes: Buffer, file: string): { text: string; findings: Finding[] } {
  const text = bytes.toString('utf8')
  if (!isUtf8(bytes)) return { text, findings: [{ ...notUtf8, file, ...firstInvalid(bytes) }] }
  const control = /[^\P{Cc}\n\r\t]/u.exec(text)
  if (control) return { text, findings: [{ ...controlCharacter, file, ...positionAt(text, control.index) }] }
  return { text, findings: [] }
}

/** Conflict markers that an unfinished merge left. */
export function conflictMarkers(text: string, file: string): Finding[] {
  const marker = /^(<{7}|>{7}|\|{7})( .*)?\r?$/m.exec(text)
  return marker ? [{ ...unfinishedMerge, file, ...positionAt(text, marker.index) }] : []
}

function firstInvalid(bytes: Buffer): { line: number; column: number } {
  let line = 1
  let start = 0
  for (
    let end = bytes.indexOf(10);
    end !== -1 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(10, start)
  ) {
    line += 1
    start = end + 1
  }
  const decoded = bytes.subarray(start).toString('utf8')
  return { line, column: decoded.indexOf('\ufffd') + 1 }
}

const notUtf8 = {
  code: 'not_utf8',
  severity: 'fatal' as const,
  message: 'The file is not UTF-8 text from here on.',
  fix: 'save it as UTF-8.',
}
const controlCharacter = {
  code: 'control_character',
  severity: 'fatal' as const,
  message: 'A control character stands here.',
  fix: 'remove it.',
}
const unfinishedMerge = {
  code: 'merge_conflict',
  severity: 'fatal' as const,
  message: 'A merge was left unfinished here.',
  fix: 'choose between the two sides and remove the marker lines.',
}
