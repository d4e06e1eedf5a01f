import { stripVTControlCharacters } from 'node:util'

/** Control characters as escapes, so that none can move a terminal's cursor, or make a file no text. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n\r\t]/gu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`)
}

/** What was pasted from a terminal as a text file takes it: without colours, and each overwritten line on its own. */
export function plainText(text: string): string {
  return printable(stripVTControlCharacters(text).toWellFormed()).replace(/\r\n?/g, '\n')
}
